import { type RecordBatch, Table, Utf8, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import { sampleBatches } from '../../src/augment/sample-batches.js';
import { InvalidOptionError } from '../../src/errors.js';
import type { ConditionReport } from '../../src/gan/conditions/options.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import type { Model } from '../../src/gan/model/model.js';
import { asyncFrom, collect } from '../data/support/arbitrary-batches.js';
import { exactRows } from '../data/support/exact.js';
import { hastyModel, penguins } from './penguins.js';

let all: RecordBatch;
let model: Model;
/** One that knows nothing of what never goes together. */
let free: Model;

beforeAll(async () => {
  all = await penguins();
  model = await hastyModel(all);
  free = await fitModel(all.schema, [all], { seed: 1, steps: 2, thread: 'caller', rules: false });
});

function cells(batches: readonly RecordBatch[], name: string): unknown[] {
  return batches.flatMap((batch) => [...(batch.getChild(name) ?? [])]);
}

function shareOf(values: readonly unknown[], value: unknown): number {
  return values.filter((each) => each === value).length / values.length;
}

describe('where', () => {
  it('should hold in every row for each level of each category, seen together or not', async () => {
    const levels = (name: string) => [...new Set(cells([all], name))] as (string | null)[];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...levels('species')),
        fc.constantFrom(...levels('island')),
        fc.constantFrom(...levels('sex')),
        fc.nat(),
        async (species, island, sex, seed) => {
          const where = { species, island, sex };

          const rows = await collect(sampleBatches(free, { rows: 300, seed, where }));

          expect(new Set(cells(rows, 'species'))).toEqual(new Set([species]));
          expect(new Set(cells(rows, 'island'))).toEqual(new Set([island]));
          expect(new Set(cells(rows, 'sex'))).toEqual(new Set([sex]));
        },
      ),
      { numRuns: 8 },
    );
  });

  it('should hold for numbers and nulls, exactly', async () => {
    const where = { bill_length_mm: 41.3, body_mass_g: null };

    const rows = await collect(sampleBatches(model, { rows: 300, where }));

    expect(new Set(cells(rows, 'bill_length_mm'))).toEqual(new Set([41.3]));
    expect(new Set(cells(rows, 'body_mass_g'))).toEqual(new Set([null]));
  });

  it('should report the share of rows that met it by themselves', async () => {
    const reports: ConditionReport[] = [];
    const onConditions = (report: ConditionReport) => reports.push(report);
    const where = { species: 'Gentoo', island: 'Torgersen' };

    await collect(sampleBatches(free, { rows: 300, where, onConditions }));

    expect(reports).toEqual([{ rows: expect.any(Number), hits: expect.any(Number) }]);
    expect(reports[0]?.hits).toBeLessThan(reports[0]?.rows as number);
  });

  it('should give the same rows whatever the batch size', async () => {
    const where = { species: 'Gentoo', island: 'Torgersen' };

    const [small, large] = [
      await collect(sampleBatches(free, { rows: 500, where, batchRows: 7 })),
      await collect(sampleBatches(free, { rows: 500, where })),
    ];

    expect(exactRows(small)).toEqual(exactRows(large));
  });

  it.each([
    [{ where: { specis: 'Gentoo' } }, "'specis'. Did you mean 'species'?"],
    [{ where: { species: 'Gento' } }, "Gento. Did you mean 'Gentoo'?"],
    [{ where: { bill_length_mm: 'long' } }, 'where.bill_length_mm does not fit the type'],
    [{ where: { bill_length_mm: 1000 } }, 'where.bill_length_mm was not in the data'],
    [{ where: { species: 'Gentoo', island: 'Torgersen' } }, 'never together in the data'],
    [{ balance: 'bill_length_mm' }, 'not learned as categories'],
    [{ balance: { column: 'sex', shares: { MALES: 1 } } }, "Did you mean 'MALE'?"],
    [{ balance: 'sex', where: { sex: 'MALE' } }, 'one column'],
  ])('should refuse %j', async (options, message) => {
    const act = async () => collect(sampleBatches(model, { rows: 1, ...options }));

    await expect(act).rejects.toThrow(message);
    await expect(act).rejects.toThrow(InvalidOptionError);
  });
});

describe('where, of ranges', () => {
  it('should hold in every row, alone, together and beside values', async () => {
    const reports: ConditionReport[] = [];
    const onConditions = (report: ConditionReport) => reports.push(report);
    const where = {
      bill_length_mm: [40, 45.5],
      body_mass_g: [null, 4500],
      species: 'Adelie',
    } as const;

    const rows = await collect(sampleBatches(free, { rows: 300, where, onConditions }));

    const lengths = cells(rows, 'bill_length_mm') as number[];
    expect(lengths).toHaveLength(300);
    expect(lengths.every((length) => length >= 40 && length <= 45.5)).toBe(true);
    expect(Math.max(...(cells(rows, 'body_mass_g') as number[]))).toBeLessThanOrEqual(4500);
    expect(cells(rows, 'body_mass_g')).not.toContain(null);
    expect(new Set(cells(rows, 'species'))).toEqual(new Set(['Adelie']));
    const [{ rows: made, outside } = { rows: 0, outside: 0 }] = reports;
    expect(outside).toBeGreaterThan(0);
    expect(made - (outside ?? 0)).toBeGreaterThanOrEqual(300);
  });

  it('should give the rows of the model that lie in the range, unchanged and in order', async () => {
    const where = { flipper_length_mm: [190, 200] } as const;

    const rows = await collect(sampleBatches(model, { rows: 60, seed: 5, where, batchRows: 25 }));
    const all = await collect(sampleBatches(model, { rows: 1000, seed: 5 }));

    const lengths = cells(all, 'flipper_length_mm') as (number | null)[];
    const inside = exactRows(all).filter((_, row) => {
      const length = lengths[row] ?? 0;
      return length >= 190 && length <= 200;
    });
    expect(exactRows(rows)).toEqual(inside.slice(0, 60));
  });

  it('should hold in an augmented stream, of which real rows stay as they are', async () => {
    const where = { body_mass_g: [4000, null] } as const;

    const rows = await collect(
      augmentBatches(asyncFrom([all]), { ratio: 0.3, model, where, mark: 'made' }),
    );

    const isMade = cells(rows, 'made');
    const masses = (cells(rows, 'body_mass_g') as number[]).filter((_, row) => isMade[row]);
    expect(masses).toHaveLength(147);
    expect(Math.min(...masses)).toBeGreaterThanOrEqual(4000);
  });

  it('should hold for recipes that take no values to be had', async () => {
    const tvae = await fitModel(all.schema, [all], { recipe: 'tvae', steps: 2, thread: 'caller' });

    const rows = await collect(
      sampleBatches(tvae, { rows: 20, where: { bill_depth_mm: [15, 18] } }),
    );

    const depths = cells(rows, 'bill_depth_mm') as number[];
    expect(depths.every((depth) => depth >= 15 && depth <= 18)).toBe(true);
  });

  it('should refuse what the model hardly ever makes, rather than go on for ever', async () => {
    const where = { body_mass_g: [2900, 2905], flipper_length_mm: [222, 224] } as const;

    const act = collect(sampleBatches(model, { rows: 1000, where }));

    await expect(act).rejects.toThrow(/hardly ever makes: body_mass_g from 2900 to 2905, flipper/);
  });

  it.each([
    [{ where: { species: ['A', 'G'] } }, 'whose values have no order'],
    [{ where: { body_mass_g: [5000, 4000] } }, 'Give the lower bound first'],
    [{ where: { body_mass_g: [90_000, null] } }, 'did not have. It had 2'],
    [{ where: { body_mass_g: [null, null] } }, 'without a bound'],
    [{ where: { body_mass_g: ['much', null] } }, 'does not fit the type'],
    [{ where: { body_mas_g: [1, 2] } }, "Did you mean 'body_mass_g'"],
    [{ where: { body_mass_g: [4000, 5000] }, balance: 'species' }, 'ratio by class'],
  ] as const)('should refuse %j', async (options, message) => {
    const act = async () => collect(sampleBatches(model, { rows: 1, ...options }));

    await expect(act).rejects.toThrow(message);
    await expect(act).rejects.toThrow(InvalidOptionError);
  });
});

describe('balance', () => {
  it('should make levels equally frequent among synthetic rows', async () => {
    const rows = await collect(sampleBatches(model, { rows: 768, balance: 'species' }));

    const species = cells(rows, 'species');
    for (const level of new Set(species)) {
      expect(shareOf(species, level)).toBeCloseTo(1 / 3, 2);
    }
  });

  it('should bring the levels of the output to given shares', async () => {
    const balance = { column: 'species', shares: { Chinstrap: 0.5, Gentoo: 0.3, Adelie: 0.2 } };

    const rows = await collect(
      augmentBatches(asyncFrom([all]), { ratio: 0.6, model, balance, mark: 'made' }),
    );

    const species = cells(rows, 'species');
    expect(shareOf(species, 'Chinstrap')).toBeCloseTo(0.5, 1);
    expect(shareOf(species, 'Adelie')).toBeCloseTo(0.2, 1);
    expect(shareOf(cells(rows, 'made'), true)).toBeCloseTo(0.6, 2);
  });

  it('should bring a class of 5 % to half of the output', async () => {
    const rare = 40;
    const labels = Array.from({ length: 20 * rare }, (_, row) => (row < rare ? 'yes' : 'no'));
    const table = new Table({ label: vectorFromArray(labels, new Utf8()) }).batches[0];
    const own = await hastyModel(table as RecordBatch);

    const rows = await collect(
      augmentBatches(asyncFrom([table as RecordBatch]), {
        ratio: 0.6,
        model: own,
        balance: 'label',
      }),
    );

    expect(shareOf(labels, 'yes')).toBe(0.05);
    expect(shareOf(cells(rows, 'label'), 'yes')).toBeCloseTo(0.5, 2);
  });
});

describe('conditions that no model could meet', () => {
  it.each([
    [
      'a column that is not there',
      { where: { specie: 'Gentoo' } },
      "'specie'. Did you mean 'species'",
    ],
    ['a value that is none of its type', { where: { body_mass_g: 'heavy' } }, 'where.body_mass_g'],
    ['a range of a column without order', { where: { sex: ['F', 'M'] } }, 'have no order'],
    [
      'a range that the data do not have',
      { where: { body_mass_g: [90_000, 95_000] } },
      'did not have',
    ],
    ['a balance by no column', { balance: 'isle' }, 'balance names a column that does not exist'],
    ['a level that the data do not have', { where: { sex: 'mail' } }, "Did you mean 'MALE'"],
    ['a balance by numbers', { balance: 'body_mass_g' }, 'not learned as categories'],
    ['a recipe without conditions', { where: { sex: 'male' }, recipe: 'tvae' }, 'kind: tvae'],
  ] as const)('should refuse %s before any training', async (_, options, message) => {
    const steps: number[] = [];
    const fit = { steps: 2, onStep: ({ step }: { step: number }) => steps.push(step) };

    const act = collect(augmentBatches(asyncFrom([all]), { ratio: 0.3, fit, ...options }));

    await expect(act).rejects.toThrow(InvalidOptionError);
    await expect(act).rejects.toThrow(message);
    expect(steps).toEqual([]);
  });
});
