import { describe, expect, it } from 'vitest';
import { columnNamed, type Rows } from '../../../src/columns/column.js';
import { findNewRows } from '../../../src/evaluate/privacy/new-rows.js';
import { expected, expectedTables } from '../expected/tables.js';

const only = (rows: Rows, names: readonly string[]): Rows => ({
  length: rows.length,
  columns: names.map((name) => columnNamed(rows, name)),
});

describe('findNewRows', () => {
  it("should count the rows that SDMetrics' NewRowSynthesis counts", async () => {
    const { real, synthetic } = await expectedTables({ joined: 'ignore', seen: 'ignore' });
    const wanted = expected('privacy').newRows;

    const { score, matched, copies } = findNewRows(real, synthetic);

    expect(score).toBeCloseTo(wanted.score, 12);
    expect(matched).toBe(wanted.num_matched_rows);
    // Of them 20 were copied as they are, and 10 with another wealth.
    expect(copies).toBe(20);
  });

  it('should count them where few columns leave many rows alike', async () => {
    const { real, synthetic } = await expectedTables();
    const names = ['age', 'city', 'member', 'label'];

    const { matched } = findNewRows(only(real, names), only(synthetic, names));

    expect(matched).toBe(expected('privacy').newRowsOfFew.num_matched_rows);
  });

  it('should take a time within 1 % of the real range as a match', () => {
    const times = (...values: number[]): Rows => ({
      length: values.length,
      columns: [{ kind: 'numeric', name: 'at', values: Float64Array.from(values), temporal: true }],
    });

    const found = findNewRows(times(0, 1000), times(0, 9, 11, 991, 500));

    expect(found).toEqual({ score: 2 / 5, matched: 3, copies: 1 });
  });

  it('should find every row of a table in itself', async () => {
    const { real } = await expectedTables();

    expect(findNewRows(real, real)).toEqual({ score: 0, matched: 400, copies: 400 });
  });
});
