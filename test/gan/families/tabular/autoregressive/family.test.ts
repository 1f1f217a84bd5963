import { Field, Float64, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../../../src/augment/augment-batches.js';
import { readProvenance } from '../../../../../src/augment/provenance/provenance.js';
import { sampleBatches } from '../../../../../src/augment/sample-batches.js';
import { makeBatch } from '../../../../../src/data/batches/batch.js';
import { InvalidOptionError } from '../../../../../src/errors.js';
import type { ConditionReport } from '../../../../../src/gan/conditions/options.js';
import { fitModel } from '../../../../../src/gan/fit/fit.js';
import { modelFiles, modelFromFiles } from '../../../../../src/gan/model/files.js';
import type { Model } from '../../../../../src/gan/model/model.js';
import type { TrainingEvent } from '../../../../../src/gan/training/events.js';
import { createRandom } from '../../../../../src/random.js';
import { cutAt, penguins } from '../../../../augment/penguins.js';
import { asyncFrom, collect } from '../../../../data/support/arbitrary-batches.js';
import { exactRows } from '../../../../data/support/exact.js';
import { caseCount } from '../../../../support/cases.js';

const small = {
  base: 'autoregressive',
  hidden: 16,
  batch: 100,
  optimizer: { learningRate: 0.02, betas: [0.9, 0.999] },
} as const;

/** Rows whose number lies near 0 or near 10, as the category before it says. */
function twoKinds(rows: number): RecordBatch {
  const random = createRandom(5);
  const kinds = Array.from({ length: rows }, () => (random.integer(4) === 0 ? 'high' : 'low'));
  const sizes = kinds.map((kind) => (kind === 'high' ? 10 : 0) + random.normal());
  const columns = [vectorFromArray(kinds, new Utf8()), vectorFromArray(sizes, new Float64())];
  const schema = new Schema([
    new Field('kind', new Utf8(), false),
    new Field('size', new Float64(), false),
  ]);
  return makeBatch(
    schema,
    columns.flatMap(({ data }) => data[0] ?? []),
    rows,
  );
}

const table = twoKinds(500);
const trained = (steps: number, options: object = {}) =>
  fitModel(table.schema, [table], {
    steps,
    recipe: small,
    seed: 3,
    thread: 'caller',
    ...options,
  });

let all: RecordBatch;
let model: Model;
let ofPenguins: Model;

beforeAll(async () => {
  all = await penguins();
  model = await trained(200);
  const options = { steps: 20, recipe: small, target: 'species', thread: 'caller' } as const;
  ofPenguins = await fitModel(all.schema, [all], options);
});

function cells(batches: readonly RecordBatch[], name: string): unknown[] {
  return batches.flatMap((batch) => [...(batch.getChild(name) ?? [])]);
}

const rowsOf = (of: Model, options: object = {}) =>
  collect(sampleBatches(of, { rows: 1000, seed: 2, ...options }));

describe('autoregressive', () => {
  it('should learn how columns belong together, and how often each level is', async () => {
    const rows = await rowsOf(model);

    const [kinds, sizes] = [cells(rows, 'kind'), cells(rows, 'size') as number[]];
    const right = kinds.filter((kind, k) => (sizes[k] as number) > 5 === (kind === 'high'));
    expect(right.length / kinds.length).toBeGreaterThan(0.97);
    const high = kinds.filter((kind) => kind === 'high').length / kinds.length;
    expect(Math.abs(high - 0.25)).toBeLessThan(0.06);
  });

  it('should make numbers that are distributed as the data', async () => {
    const sizes = cells(await rowsOf(model), 'size') as number[];

    const real = cells([table], 'size') as number[];
    const shareBelow = (values: readonly number[], most: number) =>
      values.filter((value) => value < most).length / values.length;
    for (const most of [-1, 0, 1, 5, 10, 11]) {
      expect(Math.abs(shareBelow(sizes, most) - shareBelow(real, most))).toBeLessThan(0.06);
    }
  });

  it('should learn what several columns say of the target together', async () => {
    const random = createRandom(9);
    const sides = ['left', 'right'];
    const pairs = Array.from({ length: 500 }, () => [random.integer(2), random.integer(2)]);
    const cellsOf = {
      same: pairs.map(([a, b]) => (a === b ? 'yes' : 'no')),
      first: pairs.map(([a]) => sides[a as number]),
      second: pairs.map(([, b]) => sides[b as number]),
    };
    const schema = new Schema(
      Object.keys(cellsOf).map((name) => new Field(name, new Utf8(), false)),
    );
    const columns = Object.values(cellsOf).map((texts) => vectorFromArray(texts, new Utf8()));
    const batch = makeBatch(
      schema,
      columns.flatMap(({ data }) => data[0] ?? []),
      500,
    );

    const shareOfRight = async (recipe: object) => {
      const made = await fitModel(schema, [batch], {
        steps: 200,
        recipe: { ...small, ...recipe, hidden: 1, dropout: 0 },
        target: 'same',
        rules: false,
        thread: 'caller',
      });
      const rows = await rowsOf(made);
      const [same, first, second] = ['same', 'first', 'second'].map((name) => cells(rows, name));
      const right = same?.filter((is, k) => (first?.[k] === second?.[k]) === (is === 'yes'));
      return (right?.length ?? 0) / 1000;
    };

    expect(await shareOfRight({ targetHidden: 16 })).toBeGreaterThan(0.95);
    expect(await shareOfRight({ targetHidden: 0 })).toBeLessThan(0.9);
  });

  it('should draw columns by what is asked of others, before and after them', async () => {
    const [high, ten] = [{ kind: 'high' }, { size: 10 }];

    const ofKind = cells(await rowsOf(model, { where: high }), 'size') as number[];
    const ofSize = cells(await rowsOf(model, { where: ten }), 'kind');

    expect(ofKind.filter((size) => size > 5).length / ofKind.length).toBeGreaterThan(0.95);
    expect(ofSize.filter((kind) => kind === 'high').length / ofSize.length).toBeGreaterThan(0.9);
  });

  it('should give the same rows for the same seed, of a model trained again', async () => {
    const [one, other] = [await trained(3), await trained(3)];

    expect(exactRows(await rowsOf(one))).toEqual(exactRows(await rowsOf(other)));
  });

  it('should make the same rows after it was saved and loaded', async () => {
    const files = modelFiles(model);

    const loaded = await modelFromFiles(async (name) => files[name] as Uint8Array, 'it');

    expect(exactRows(await rowsOf(loaded))).toEqual(exactRows(await rowsOf(model)));
    expect(loaded.manifest.recipe.name).toBe('autoregressive');
  });

  it('should make usual rows more often at a low temperature', async () => {
    const cold = await trained(50, { recipe: { ...small, temperature: 0.2 } });

    const kinds = cells(await rowsOf(cold), 'kind');

    expect(kinds.filter((kind) => kind === 'low').length / kinds.length).toBeGreaterThan(0.9);
  });

  it('should end with the state that held-out rows are most likely by', async () => {
    const events: TrainingEvent[] = [];

    await trained(1500, { onEvent: (event: TrainingEvent) => events.push(event) });

    const scores = events.filter((event) => event.type === 'score');
    const best = scores.toSorted((a, b) => b.score - a.score)[0];
    const done = events.find((event) => event.type === 'done');
    expect(scores.length).toBeGreaterThan(1);
    expect(done?.kept).toBe(best?.step);
  });

  it('should refuse options that it does not have, and those that are out of bounds', async () => {
    const temperature = trained(1, { recipe: { ...small, temperature: 0 } });
    const latent = trained(1, { recipe: { ...small, latent: 8 } });

    await expect(temperature).rejects.toThrow(InvalidOptionError);
    await expect(temperature).rejects.toThrow('temperature');
    await expect(latent).rejects.toThrow("no option 'latent'");
  });
});

describe('rows of autoregressive that are asked for', () => {
  it('should always have the wanted cells, seen together or not', async () => {
    const levels = (column: string) => [...new Set(cells([all], column))] as (string | null)[];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...levels('species')),
        fc.constantFrom(...levels('sex')),
        fc.constantFrom(41.3, 46.25, null),
        fc.nat(),
        async (species, sex, bill, seed) => {
          const where = { species, sex, bill_length_mm: bill };
          const reports: ConditionReport[] = [];
          const onConditions = (report: ConditionReport) => reports.push(report);

          const rows = await rowsOf(ofPenguins, { rows: 40, seed, where, onConditions });

          expect(new Set(cells(rows, 'species'))).toEqual(new Set([species]));
          expect(new Set(cells(rows, 'sex'))).toEqual(new Set([sex]));
          expect(new Set(cells(rows, 'bill_length_mm'))).toEqual(new Set([bill]));
          expect(reports[0]?.hits).toBe(reports[0]?.rows);
        },
      ),
      { numRuns: caseCount(6, 60) },
    );
  });

  it('should balance classes', async () => {
    const out = await collect(
      augmentBatches([all], { ratio: 0.5, balance: 'species', model: ofPenguins }),
    );

    const counts = ['Adelie', 'Chinstrap', 'Gentoo'].map(
      (species) => cells(out, 'species').filter((each) => each === species).length,
    );
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(6);
  });

  it('should be mixed at the exact share, however the stream is cut, and say so', async () => {
    const options = { ratio: 0.3, model: ofPenguins, seed: 7 };
    const whole = await collect(augmentBatches([all], options));

    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 3 }), async (places) => {
        const cut = await collect(augmentBatches(asyncFrom(cutAt(all, places)), options));

        expect(exactRows(cut)).toEqual(exactRows(whole));
      }),
      { numRuns: caseCount(3, 20) },
    );
    const synthetic = Math.floor((all.numRows * 3) / 7);
    expect(cells(whole, 'species')).toHaveLength(all.numRows + synthetic);
    const [provenance] = readProvenance(whole[0]?.schema.metadata ?? new Map());
    expect(provenance?.recipe).toBe('autoregressive');
  });

  it('should hold back levels of few rows, and their texts', async () => {
    const kinds = Array.from({ length: 400 }, (_, row) => (row < 4 ? 'secret' : `k${row % 3}`));
    const schema = new Schema([new Field('kind', new Utf8(), false)]);
    const rare = makeBatch(schema, [...vectorFromArray(kinds, new Utf8()).data], 400);

    const made = await fitModel(schema, [rare], { steps: 3, recipe: small, thread: 'caller' });

    expect(new Set(cells(await rowsOf(made), 'kind'))).toEqual(new Set(['k0', 'k1', 'k2']));
    for (const bytes of Object.values(modelFiles(made))) {
      expect(Buffer.from(bytes).includes('secret')).toBe(false);
    }
  });
});
