import { type RecordBatch, type Table, tableFromArrays } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concatenateBatches,
  gatherRuns,
  sliceBatch,
} from '../../../src/data/batches/interleave.js';
import { hashRows } from '../../../src/data/content/fingerprint.js';
import { plainRows } from '../../../src/data/rows/to-rows.js';
import { schemaDifference } from '../../../src/data/schema/schema.js';
import { groupSequenceBatches } from '../../../src/data/sequences/group.js';
import type { GroupOptions } from '../../../src/data/sequences/options.js';
import { ungroupSequenceBatches } from '../../../src/data/sequences/ungroup.js';
import { DataError, SchemaError } from '../../../src/errors.js';
import { caseCount } from '../../support/cases.js';
import { allTypes, arbitraryBatches, asyncFrom, collect } from '../support/arbitrary-batches.js';
import { exactRows } from '../support/exact.js';

/** Events of two devices: the place is an attribute. */
const events = (): Table =>
  tableFromArrays({
    device: ['a', 'a', 'a', 'b', 'b'],
    place: ['x', 'x', 'x', 'y', 'y'],
    time: Int32Array.from([1, 2, 4, 1, 9]),
    value: Float64Array.from([0.5, 1.5, 2.5, 3.5, 4.5]),
  });

const rowsOf = async (batches: AsyncIterable<RecordBatch>) => collect(plainRows(batches));
const errorOf = (table: Table, options: GroupOptions) =>
  collect(groupSequenceBatches(table, options)).catch((error: unknown) => error);

/** The rows, those of equal first cells together: what a sort by the key gives. */
function sortedByKey(batches: readonly RecordBatch[]): RecordBatch {
  const { schema } = batches[0] as RecordBatch;
  const all = concatenateBatches(schema, batches);
  const keys = hashRows(all, [0]);
  const order = [...keys.keys()].sort((a, b) =>
    (keys[a] as string).localeCompare(keys[b] as string),
  );
  const runs = order.map((start) => ({ source: 0, start, length: 1 }));
  return gatherRuns(schema, [all], runs);
}

function cut(batch: RecordBatch, size: number): RecordBatch[] {
  const pieces = Math.max(Math.ceil(batch.numRows / size), 1);
  return Array.from({ length: pieces }, (_, k) => sliceBatch(batch, k * size, (k + 1) * size));
}

describe('groupSequenceBatches', () => {
  it('should make a row of each entity, with lists of what varies in it', async () => {
    const rows = await rowsOf(groupSequenceBatches(events(), { by: 'device', orderBy: 'time' }));

    expect(rows).toEqual([
      { device: 'a', place: 'x', time: [1, 2, 4], value: [0.5, 1.5, 2.5] },
      { device: 'b', place: 'y', time: [1, 9], value: [3.5, 4.5] },
    ]);
  });

  it('should take the attributes that are named, and no others', async () => {
    const rows = await rowsOf(groupSequenceBatches(events(), { by: 'device', attributes: [] }));

    expect(rows[1]).toEqual({ device: 'b', place: ['y', 'y'], time: [1, 9], value: [3.5, 4.5] });
  });

  it('should group by several columns', async () => {
    const table = tableFromArrays({ a: [1, 1, 1, 2], b: [1, 1, 2, 2], v: [1, 2, 3, 4] });

    const rows = await rowsOf(groupSequenceBatches(table, { by: ['a', 'b'] }));

    expect(rows.map(({ v }) => v)).toEqual([[1, 2], [3], [4]]);
  });

  it('should be undone by ungrouping, bit for bit, for any types, nulls and batches', async () => {
    const cases = fc.tuple(
      arbitraryBatches(allTypes, { minColumns: 2, maxRows: 12 }),
      fc.integer({ min: 1, max: 9 }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([batches, size]) => {
        const table = sortedByKey(batches);

        const grouped = await collect(
          groupSequenceBatches(asyncFrom(cut(table, size)), { by: 'c0' }),
        );
        const back = await collect(ungroupSequenceBatches(asyncFrom(grouped)));

        const entities = new Set(hashRows(table, [0])).size;
        expect(grouped.reduce((sum, { numRows }) => sum + numRows, 0)).toBe(entities);
        expect(exactRows(back)).toEqual(exactRows([table]));
        expect(schemaDifference(table.schema, (back[0] as RecordBatch).schema)).toBeUndefined();
      }),
      { numRuns: caseCount(100, 1000) },
    );
  });

  it('should give the same rows however the stream is cut', async () => {
    const [batch] = events().batches as [RecordBatch];
    const whole = await rowsOf(groupSequenceBatches(batch, { by: 'device' }));

    for (const size of [1, 2, 3, 4]) {
      const rows = await rowsOf(groupSequenceBatches(cut(batch, size), { by: 'device' }));
      expect(rows).toEqual(whole);
    }
  });

  it('should refuse rows of an entity that lie apart, and say what to do', async () => {
    const table = tableFromArrays({ device: ['a', 'b', 'a'], time: [1, 2, 3] });

    const error = await errorOf(table, { by: 'device', orderBy: 'time' });

    expect(error).toBeInstanceOf(DataError);
    expect((error as Error).message).toMatch(
      /rows of device "a" lie apart: .* at row 2, .*Sort the rows by 'device', 'time' first/,
    );
  });

  it('should refuse rows of an entity that are out of order, and null where order is asked for', async () => {
    const falling = tableFromArrays({ device: ['a', 'a'], time: Int32Array.from([2, 1]) });
    const missing = tableFromArrays({ device: ['a', 'a'], time: [2, null] });

    const errors = await Promise.all(
      [falling, missing].map((table) => errorOf(table, { by: 'device', orderBy: 'time' })),
    );

    expect(String(errors[0])).toMatch(/column 'time' falls within device "a": at row 1\. Sort/);
    expect(String(errors[1])).toMatch(
      /column 'time' orders the rows, and is null within device "a"/,
    );
  });

  it('should refuse a named attribute that varies, a column that is not there, and order by texts', async () => {
    const errors = [
      await errorOf(events(), { by: 'device', attributes: ['value'] }),
      await errorOf(events(), { by: 'devise' }),
      await errorOf(events(), { by: 'device', orderBy: 'place' }),
      await errorOf(events(), { by: ['device', 'time'], attributes: ['place', 'value'] }),
    ];

    expect(errors.map((error) => (error as Error).constructor)).toEqual([
      DataError,
      SchemaError,
      SchemaError,
      SchemaError,
    ]);
    expect(String(errors[0])).toContain(
      "column 'value' is to be an attribute, and varies within device",
    );
    expect(String(errors[1])).toContain("Did you mean 'device'?");
    expect(String(errors[2])).toContain('orderBy must be a column of whole numbers');
    expect(String(errors[3])).toContain(
      'no column is left to be a series: device, place, time, value',
    );
  });

  it('should refuse an entity longer than what may be held', async () => {
    const error = await errorOf(events(), { by: 'device', maximumLength: 2 });

    expect(error).toBeInstanceOf(DataError);
    expect(String(error)).toContain('device "a" has more than 2 rows, from row 0 on');
  });

  it('should group no rows to no rows, and keep the columns', async () => {
    const empty = sliceBatch(events().batches[0] as RecordBatch, 0, 0);

    const grouped = await collect(groupSequenceBatches(empty, { by: 'device' }));
    const back = await collect(ungroupSequenceBatches(grouped));

    expect(back.map(({ numRows }) => numRows)).toEqual([0]);
    expect(schemaDifference(empty.schema, (back[0] as RecordBatch).schema)).toBeUndefined();
  });
});
