import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RecordBatch, Table, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../../src/augment/augment-batches.js';
import { readProvenance } from '../../../../src/augment/provenance/provenance.js';
import { sampleBatches } from '../../../../src/augment/sample-batches.js';
import { InvalidOptionError, ModelError } from '../../../../src/errors.js';
import type { ConditionReport } from '../../../../src/gan/conditions/options.js';
import { fitModel } from '../../../../src/gan/fit/fit.js';
import { loadModel, saveModel } from '../../../../src/gan/model/directory.js';
import { modelFiles, modelFromFiles } from '../../../../src/gan/model/files.js';
import { type Model, sha256 } from '../../../../src/gan/model/model.js';
import { cutAt, penguins } from '../../../augment/penguins.js';
import { asyncFrom, collect } from '../../../data/support/arbitrary-batches.js';
import { exactRows } from '../../../data/support/exact.js';
import { caseCount } from '../../../support/cases.js';

const names = ['smote-nc', 'copula', 'bootstrap'] as const;

let all: RecordBatch;
let directory: string;
let models: Record<(typeof names)[number], Model>;

beforeAll(async () => {
  all = await penguins();
  directory = await mkdtemp(join(tmpdir(), 'gan-augment-makers-'));
  const fitted = names.map(async (recipe) => {
    const options = { recipe, target: 'species', thread: 'caller' } as const;
    return [recipe, await fitModel(all.schema, [all], options)] as const;
  });
  models = Object.fromEntries(await Promise.all(fitted)) as typeof models;
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function cells(batches: readonly RecordBatch[], name: string): unknown[] {
  return batches.flatMap((batch) => [...(batch.getChild(name) ?? [])]);
}

/** A model's files with its rows' file changed, under the right hash. */
async function reread(model: Model, change: (bytes: Uint8Array) => Uint8Array): Promise<Model> {
  const files = modelFiles(model);
  const { file } = model.manifest.generator;
  const bytes = change(files[file] as Uint8Array);
  const generator = { ...model.manifest.generator, sha256: sha256(bytes) };
  const manifest = Buffer.from(JSON.stringify({ ...model.manifest, generator }));
  const changed: Record<string, Uint8Array> = { 'model.json': manifest, [file]: bytes };
  return modelFromFiles(async (name) => changed[name] as Uint8Array, 'here');
}

describe.each(names)('%s', (name) => {
  it('should make the same rows after it was saved and loaded, without a network', async () => {
    const path = join(directory, name);

    await saveModel(models[name], path);
    const model = await loadModel(path);
    const [made, again] = await Promise.all(
      [models[name], model].map((each) => collect(sampleBatches(each, { rows: 700, seed: 3 }))),
    );

    expect(exactRows(again ?? [])).toEqual(exactRows(made ?? []));
    expect(cells(made ?? [], 'species')).toHaveLength(700);
    expect(model.manifest.generator.file).not.toMatch(/onnx/);
    expect(model.manifest.training).toMatchObject({ steps: 0, engine: 'none' });
  });

  it('should make rows that have the wanted cells, seen together or not', async () => {
    const levels = (column: string) => [...new Set(cells([all], column))] as (string | null)[];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...levels('species')),
        fc.constantFrom(...levels('sex')),
        fc.constantFrom(41.3, null),
        fc.nat(),
        async (species, sex, bill, seed) => {
          const where = { species, sex, bill_length_mm: bill };

          const rows = await collect(sampleBatches(models[name], { rows: 40, seed, where }));

          expect(new Set(cells(rows, 'species'))).toEqual(new Set([species]));
          expect(new Set(cells(rows, 'sex'))).toEqual(new Set([sex]));
          expect(new Set(cells(rows, 'bill_length_mm'))).toEqual(new Set([bill]));
        },
      ),
      { numRuns: caseCount(6, 60) },
    );
  });

  it('should balance classes, and say how many rows met that by themselves', async () => {
    const reports: ConditionReport[] = [];

    const out = await collect(
      augmentBatches([all], {
        ratio: 0.5,
        balance: 'species',
        model: models[name],
        onConditions: (report) => reports.push(report),
      }),
    );

    const counts = ['Adelie', 'Chinstrap', 'Gentoo'].map(
      (species) => cells(out, 'species').filter((each) => each === species).length,
    );
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(6);
    expect(reports[0]?.hits).toBe(reports[0]?.rows);
  });

  it('should mix the same rows at the exact share, however the stream is cut', async () => {
    const options = {
      ratio: { column: 'species', classes: { Chinstrap: 0.5 }, otherwise: 0.2 },
      recipe: name,
      target: 'species',
      fit: { thread: 'caller' },
      seed: 7,
    } as const;
    const whole = exactRows(await collect(augmentBatches([all], options)));

    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 3 }), async (places) => {
        const cut = await collect(augmentBatches(asyncFrom(cutAt(all, places)), options));

        expect(exactRows(cut)).toEqual(whole);
      }),
      { numRuns: caseCount(2, 20) },
    );
    const chinstraps = cells([all], 'species').filter((each) => each === 'Chinstrap').length;
    const others = Math.floor((all.numRows - chinstraps) / 4);
    expect(whole).toHaveLength(all.numRows + chinstraps + others);
  });

  it('should say in the metadata what its rows are made of', async () => {
    const out = await collect(augmentBatches([all], { ratio: 0.1, model: models[name] }));

    const { recipe, holds } = readProvenance(out[0]?.schema.metadata ?? new Map()).at(-1) ?? {};
    expect({ recipe, holds }).toEqual({
      recipe: name,
      holds: name === 'copula' ? 'column values' : 'training rows',
    });
  });

  it('should refuse a file of its rows that is damaged', async () => {
    const cut = (bytes: Uint8Array) => bytes.slice(0, Math.floor(bytes.length / 3));

    await expect(reread(models[name], cut)).rejects.toThrow(ModelError);
  });

  it('should refuse options of training', async () => {
    const fit = fitModel(all.schema, [all], { recipe: name, steps: 10, thread: 'caller' });

    await expect(fit).rejects.toThrow(
      new InvalidOptionError(
        `fit.steps is for recipes that train a network, and '${name}' trains none. Leave it out`,
      ),
    );
  });

  it('should refuse a value that was not in the data', async () => {
    const where = { species: 'Emperor' };

    await expect(collect(sampleBatches(models[name], { rows: 1, where }))).rejects.toThrow(
      InvalidOptionError,
    );
  });
});

describe('a bootstrap', () => {
  it('should make nothing but copies of rows', async () => {
    const real = new Set(exactRows([all]).map((row) => JSON.stringify(row)));

    const made = await collect(sampleBatches(models.bootstrap, { rows: 100, seed: 1 }));

    const copies = exactRows(made).filter((row) => real.has(JSON.stringify(row)));
    expect(copies).toHaveLength(100);
  });
});

describe('SMOTE-NC', () => {
  it('should make rows of a class between rows of that class', async () => {
    const where = { species: 'Gentoo' };
    const lengths = (rows: readonly RecordBatch[]) => {
      const species = cells(rows, 'species');
      const all = cells(rows, 'flipper_length_mm') as (number | null)[];
      return all.filter((each, row) => each !== null && species[row] === 'Gentoo') as number[];
    };

    const made = lengths(await collect(sampleBatches(models['smote-nc'], { rows: 200, where })));

    const real = lengths([all]);
    expect(made.length).toBeGreaterThan(150);
    expect(Math.min(...made)).toBeGreaterThanOrEqual(Math.min(...real));
    expect(Math.max(...made)).toBeLessThanOrEqual(Math.max(...real));
  });

  it('should keep no names of rows in the model', async () => {
    const names = Array.from({ length: all.numRows }, (_, row) => `secret-${row}`);
    const columns = { name: vectorFromArray(names), species: all.getChild('species') as never };
    const named = new Table({ ...columns, mass: all.getChild('body_mass_g') as never });

    const model = await fitModel(named.schema, named.batches, {
      recipe: 'smote-nc',
      thread: 'caller',
    });

    const held = Buffer.concat(Object.values(modelFiles(model))).toString('latin1');
    expect(held).not.toContain('secret-');
    expect(held).toContain('Adelie');
  });
});

describe('a copula', () => {
  it('should refuse parameters that are of another shape', async () => {
    const changes: ((parameters: Record<string, never>) => unknown)[] = [
      () => [],
      ({ classes }) => ({ classes, forms: [] }),
      ({ forms }) => ({ forms, classes: [] }),
      (all) => ({ ...all, target: 99 }),
      ({ forms }) => ({
        forms,
        classes: [{ level: null, rows: 3, parts: [], correlations: [[1]] }],
      }),
      ({ forms }) => ({ forms, classes: [{ level: null, rows: 0, parts: [], correlations: [] }] }),
    ];
    for (const change of changes) {
      const damage = (bytes: Uint8Array) =>
        Buffer.from(JSON.stringify(change(JSON.parse(Buffer.from(bytes).toString()))));

      await expect(reread(models.copula, damage), change.toString()).rejects.toThrow(
        /copula\.json is damaged/,
      );
    }
  });

  it('should draw other columns as they are linked with a wanted cell', async () => {
    const mean = async (flipper: number) => {
      const where = { flipper_length_mm: flipper };
      const rows = await collect(sampleBatches(models.copula, { rows: 400, seed: 1, where }));
      const masses = cells(rows, 'body_mass_g').filter((mass) => mass !== null) as number[];
      return masses.reduce((sum, mass) => sum + mass, 0) / masses.length;
    };

    expect((await mean(225)) - (await mean(180))).toBeGreaterThan(500);
  });
});
