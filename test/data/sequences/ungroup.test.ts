import { Field, Int32, List, type Table, tableFromArrays, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { plainRows } from '../../../src/data/rows/to-rows.js';
import { ungroupSequenceBatches } from '../../../src/data/sequences/ungroup.js';
import { DataError, SchemaError } from '../../../src/errors.js';
import { collect } from '../support/arbitrary-batches.js';

const lists = (values: (number[] | null)[]) =>
  vectorFromArray(values, new List(new Field('item', new Int32(), true)));
const table = (columns: Record<string, unknown>) =>
  tableFromArrays(columns as never) as unknown as Table;

describe('ungroupSequenceBatches', () => {
  it('should take all lists of a table that says nothing for series', async () => {
    const source = table({ id: [7, 8], a: lists([[1, 2], [3]]), b: lists([[4, 5], [6]]) });

    const rows = await collect(plainRows(ungroupSequenceBatches(source)));

    expect(rows).toEqual([
      { id: 7, a: 1, b: 4 },
      { id: 7, a: 2, b: 5 },
      { id: 8, a: 3, b: 6 },
    ]);
  });

  it.each([
    [
      'of unlike length',
      { a: lists([[1, 2]]), b: lists([[1]]) },
      /row 0 column 'a' holds 2 values and 'b' 1/,
    ],
    ['that are null', { a: lists([[1], null]) }, /column 'a' holds no list, but null: at row 1/],
  ])('should refuse lists %s', async (_, columns, message) => {
    const error = await collect(ungroupSequenceBatches(table(columns))).catch((e: unknown) => e);

    expect(error).toBeInstanceOf(DataError);
    expect(String(error)).toMatch(message);
  });

  it('should refuse a table without lists', async () => {
    const error = await collect(ungroupSequenceBatches(table({ a: [1] }))).catch((e: unknown) => e);

    expect(error).toBeInstanceOf(SchemaError);
    expect(String(error)).toContain('no column holds lists');
  });
});
