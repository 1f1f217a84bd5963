import { type DataType, Field, Float64, makeVector, type RecordBatch, Schema } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import { outcomeKey } from '../../src/augment/provenance/outcome.js';
import { provenanceKey, readProvenance } from '../../src/augment/provenance/provenance.js';
import { makeBatch } from '../../src/data/batches/batch.js';
import { readBatches, writeBatches } from '../../src/data/open.js';
import { schemaDifference } from '../../src/data/schema/schema.js';
import { GanAugmentError } from '../../src/errors.js';
import type { InstantRange } from '../../src/testing/arbitrary-instants.js';
import {
  allTypes,
  arbitraryBatches,
  asyncFrom,
  collect,
  commonTypes,
} from '../data/support/arbitrary-batches.js';
import { useDirectory } from '../data/support/directory.js';
import { useDuckDb } from '../data/support/duckdb.js';
import { exactRows } from '../data/support/exact.js';

const directory = useDirectory();
const duckdb = useDuckDb();

/** Random batches of random columns, and of one that can always be learned. */
function learnable(
  types: fc.Arbitrary<DataType>,
  instants: InstantRange,
): fc.Arbitrary<RecordBatch[]> {
  return arbitraryBatches(types, { maxRows: 30, instants }).map((batches) => {
    const { fields, metadata } = (batches[0] as RecordBatch).schema;
    const schema = new Schema([...fields, new Field('x', new Float64(), true)], metadata);
    return batches.map(({ data, numRows }, batch) => {
      const numbers = Float64Array.from({ length: numRows }, (_, row) => Math.sin(batch + row));
      const [x] = makeVector(numbers).data;
      return makeBatch(schema, [...data.children, x as never], numRows);
    });
  });
}

describe.each([
  ['parquet', commonTypes, 'real'],
  ['arrow', allTypes, 'any'],
] as const)('%s, augmented and written again', (extension, types, instants) => {
  it('should hold every real row bit for bit and in order, and three synthetic ones for seven', async () => {
    let carried = 0;
    await fc.assert(
      fc.asyncProperty(learnable(types, instants), async (batches) => {
        const [input, output] = [directory.fresh(extension), directory.fresh(extension)];
        await writeBatches(input, asyncFrom(batches), { rowGroupRows: 7 });
        // Tables of a few rows hold nothing but what few rows have.
        const fit = { steps: 1, thread: 'caller', privacy: false } as const;
        const options = { ratio: 0.3, mark: 'made', fit } as const;

        const refusal = await writeBatches(output, augmentBatches(readBatches(input), options), {
          rowGroupRows: 9,
        }).then(
          () => undefined,
          (error: unknown) => error,
        );

        if (refusal) {
          // A column that can neither be learned nor be null, and rows too few to learn from.
          if (!GanAugmentError.isInstance(refusal)) throw refusal;
          expect(refusal.message).toMatch(/cannot be null in synthetic rows/);
          return;
        }
        const before = batches[0]?.schema as Schema;
        const read = await collect(readBatches(output));
        const after = read[0]?.schema as Schema;
        const rows = exactRows(read);
        const real = rows.filter((row) => !row.at(-1)).map((row) => row.slice(0, -1));
        expect(real).toEqual(exactRows(batches));
        expect(rows.length - real.length).toBe(Math.floor((real.length * 3) / 7));
        const columns = new Schema(after.fields.slice(0, -1));
        expect(schemaDifference(before, columns)).toBeUndefined();
        expect(columns.fields.map(({ metadata }) => metadata)).toEqual(
          before.fields.map(({ metadata }) => metadata),
        );
        const {
          [provenanceKey]: _,
          [outcomeKey]: __,
          ...metadata
        } = Object.fromEntries(after.metadata);
        expect(metadata).toEqual(Object.fromEntries(before.metadata));
        if (extension === 'parquet') {
          const theirs = `select * exclude made from '${output}' where not made`;
          expect(await duckdb.rows(theirs)).toEqual(await duckdb.rows(`from '${input}'`));
        }
        expect(readProvenance(after.metadata)).toHaveLength(real.length > 2 ? 1 : 0);
        carried++;
      }),
      { numRuns: 20 },
    );
    expect(carried).toBeGreaterThan(5);
  });
});
