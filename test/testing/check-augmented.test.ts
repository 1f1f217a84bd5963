import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import type { AugmentOptions } from '../../src/augment/options/augment-options.js';
import { makeBatch } from '../../src/data/batches/batch.js';
import { gatherRuns } from '../../src/data/batches/interleave.js';
import { InvalidOptionError } from '../../src/errors.js';
import { arbitraryStream } from '../../src/testing/arbitrary-batches.js';
import { type CheckOptions, checkAugmented } from '../../src/testing/check-augmented.js';
import { GuaranteeError } from '../../src/testing/guarantee-error.js';
import { standInModel } from '../../src/testing/stand-in-model.js';
import { asyncFrom, collect } from '../data/support/arbitrary-batches.js';
import { exampleBatch } from '../data/support/example.js';
import { caseCount } from '../support/cases.js';

const shared = {
  ratio: fc.integer({ min: 0, max: 95 }).map((percent) => percent / 100),
  limit: fc.option(fc.nat(10), { nil: undefined }),
};
/** Options of every sort that can be checked. */
const options = fc.oneof(
  fc.record({ ...shared, mark: fc.constantFrom(undefined, 'made') }),
  fc.record({
    ...shared,
    mark: fc.constant('made'),
    placement: fc.constant('append'),
  }),
  fc.record({ ...shared, mark: fc.constant('made'), mode: fc.constant('replace') }),
) as fc.Arbitrary<CheckOptions>;

const real = [exampleBatch(0, 7), exampleBatch(7, 3)];
const model = standInModel(exampleBatch(100, 20));
const augmented = (given: Partial<AugmentOptions> = {}) =>
  collect(augmentBatches(asyncFrom(real), { ratio: 0.3, model, mark: 'made', ...given }));

/** Some rows of a batch, in the order given. */
const rowsOf = (batch: RecordBatch, rows: readonly number[]) =>
  gatherRuns(
    batch.schema,
    [batch],
    rows.map((start) => ({ source: 0, start, length: 1 })),
  );

/** What the check has to say. */
function complaint(out: readonly RecordBatch[], given: Partial<CheckOptions> = {}): GuaranteeError {
  try {
    checkAugmented(real, out, { ratio: 0.3, mark: 'made', ...given });
  } catch (error) {
    if (error instanceof GuaranteeError) return error;
    throw error;
  }
  throw new Error('nothing to complain of');
}

describe('checkAugmented', () => {
  it('should find nothing wrong with what the operator does, and count its rows', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryStream(), options, async ({ batches, model }, given) => {
        const stream = augmentBatches(asyncFrom(batches), { ...given, model } as AugmentOptions);

        const { realRows, syntheticRows } = checkAugmented(batches, await collect(stream), given);

        const rows = batches.reduce((sum, { numRows }) => sum + numRows, 0);
        expect(realRows).toBe(given.mode === 'replace' ? rows - syntheticRows : rows);
        found += syntheticRows;
      }),
      { numRuns: caseCount(100, 1000) },
    );
    expect(found).toBeGreaterThan(caseCount(100, 1000));
  });

  it('should notice any row that is lost, doubled or out of order', async () => {
    const [all] = (await augmented({ placement: 'interleave' })) as [RecordBatch];
    const rows = Array.from({ length: all.numRows }, (_, row) => row);
    const isMade = (row: number) => all.getChild('made')?.get(row) === true;
    const damage = fc.oneof(
      fc.nat(all.numRows - 1).map((lost) => rows.filter((row) => row !== lost)),
      fc.nat(all.numRows - 1).map((row) => rows.toSpliced(row, 0, row)),
      fc
        .tuple(fc.nat(6), fc.nat(6))
        // Nobody knows in which order synthetic rows were to come.
        .filter(([a, b]) => a !== b && !(isMade(a) && isMade(b)))
        .map(([a, b]) => rows.with(a, b).with(b, a)),
    );
    const rest = (await augmented()).slice(1);

    fc.assert(
      fc.property(damage, (each) => {
        expect(complaint([rowsOf(all, each), ...rest]).row).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: caseCount(50, 500) },
    );
  });

  it('should name the row and the column of a cell that was changed', async () => {
    const [first, ...rest] = (await augmented()) as [RecordBatch];
    const { children } = first.data;
    const ids = Int32Array.from(first.getChildAt(0)?.toArray());
    ids[4] = 77;
    const id = children[0]?.clone(children[0].type, 0, first.numRows, 0, {
      1: ids,
    } as never);
    const changed = makeBatch(first.schema, [id as never, ...children.slice(1)], first.numRows);

    const error = complaint([changed, ...rest]);

    expect(error).toMatchObject({ row: 4, column: 'id', code: 'GUARANTEE' });
    expect(error.message).toBe(
      "ganAugment: row 4, column 'id': 77 (0x4d000000) instead of 3 (0x03000000), which is what " +
        'real row 3 holds.',
    );
  });

  it('should notice a synthetic row where real ones alone were due, and the other way round', async () => {
    const marked = await augmented();

    expect(complaint(marked, { ratio: 0.2 }).message).toMatch(
      /row 3: is synthetic, and none is due/,
    );
    expect(complaint(marked, { ratio: 0.5 }).message).toMatch(
      /row 1: is real, and a synthetic one is due: after 1 real rows there are only 0/,
    );
    expect(complaint(marked, { limit: 1 }).message).toMatch(/is synthetic, and none is due/);
  });

  it('should notice columns, marks and metadata that are not as they were', async () => {
    const [marked, bare] = [await augmented(), await augmented({ mark: undefined })];
    const { ...forgetful } = { ratio: 0.3, mark: undefined };

    expect(complaint(marked, forgetful).message).toContain("column 'made' is new");
    expect(complaint(bare).message).toContain("the last column is 'name' instead of the mark");
    for (const batch of marked) batch.schema.metadata.delete('origin');
    expect(complaint(marked).message).toContain("metadata 'origin' was lost or changed");
  });

  it('should notice that the metadata does not say what was done', async () => {
    const out = await augmented();

    for (const batch of out) batch.schema.metadata.delete('gan-augment');

    expect(complaint(out).message).toContain("no metadata 'gan-augment'");
  });

  it('should notice a synthetic row that is not what it was to be', async () => {
    const out = await augmented();

    const error = complaint(out, { where: { name: 'name 3' } });

    expect(error).toMatchObject({ row: 3, column: 'name' });
    expect(error.message).toContain('in a synthetic row, and `where` asks for name 3');
  });

  it('should hold each class to a ratio of its own', async () => {
    const ratio = { column: 'id', classes: { 3: 0.5, 4: 0.5 } };
    const model = standInModel(exampleBatch(0, 10));
    const out = await augmented({ ratio, model });

    const { syntheticRows } = checkAugmented(real, out, { ratio, mark: 'made' });

    expect(syntheticRows).toBe(2);
    const swapped = rowsOf(out[0] as RecordBatch, [0, 1, 2, 3, 6, 5, 4, 7, 8]);
    expect(complaint([swapped, ...out.slice(1)], { ratio }).row).toBe(4);
  });

  it('should count from where mixing began', async () => {
    const late = [...(await augmented({ limit: 0 })).slice(0, 1)];
    const rest = await collect(
      augmentBatches(asyncFrom(real.slice(1)), { ratio: 0.5, model, mark: 'made' }),
    );

    const { syntheticRows } = checkAugmented(real, [...late, ...rest], {
      ratio: 0.5,
      mark: 'made',
      startsAt: 7,
    });

    expect(syntheticRows).toBe(3);
  });

  it('should find nothing in nothing', () => {
    expect(checkAugmented([], [], { ratio: 0.3 })).toEqual({ realRows: 0, syntheticRows: 0 });
  });

  it.each([
    ['replace', { ratio: 0.3, mode: 'replace' }, "mode 'replace' can only be checked with a mark"],
    ['append', { ratio: 0.3, placement: 'append' }, 'Augment with a mark'],
    [
      'both',
      { ratio: 0.3, mark: 'made', mode: 'replace', placement: 'append' },
      "Augment with placement 'interleave'",
    ],
    ['no ratio', {}, 'ratio must be a number in [0, 1)'],
  ] as const)('should refuse %s without what it needs', (_, given, message) => {
    const check = () => checkAugmented(real, real, given as CheckOptions);

    expect(check).toThrow(InvalidOptionError);
    expect(check).toThrow(message);
  });
});
