import { describe, expect, it } from 'vitest';
import type { Column, Rows } from '../../../src/columns/column.js';
import { windowStatistics } from '../../../src/evaluate/sequence/window-statistics.js';

const kind: Column = {
  kind: 'categorical',
  name: 'kind',
  levels: ['a'],
  codes: Int32Array.of(0, 0, 0),
};
const rows: Rows = {
  length: 3,
  columns: [kind],
  sequences: {
    offsets: Int32Array.of(0, 4, 5, 5),
    steps: [
      {
        ...{ kind: 'numeric', name: 'x', temporal: false },
        values: Float64Array.of(1, 3, 2, Number.NaN, 7),
      },
      { kind: 'categorical', name: 's', levels: ['p', 'q'], codes: Int32Array.of(0, 0, 1, 1, 1) },
    ],
  },
};

describe('windowStatistics', () => {
  const cells = (name: string) => {
    const column = windowStatistics(rows).columns.find((own) => own.name === name);
    return column && [...(column.kind === 'numeric' ? column.values : column.codes)];
  };

  it.each([
    ['(steps)', [4, 1, 0]],
    ['x: mean', [2, 7, Number.NaN]],
    ['x: deviation', [Math.sqrt(2 / 3), 0, Number.NaN]],
    ['x: lowest', [1, 7, Number.NaN]],
    ['x: highest', [3, 7, Number.NaN]],
    ['x: first', [1, 7, Number.NaN]],
    ['x: last', [2, 7, Number.NaN]],
    ['x: change', [1.5, Number.NaN, Number.NaN]],
    ['x: turn', [3, Number.NaN, Number.NaN]],
    ['x: mean of quarter 2', [3, 7, Number.NaN]],
    ['x: mean of quarter 4', [Number.NaN, Number.NaN, Number.NaN]],
    ['x: nulls', [0.25, 0, 1]],
    ['s: share of q', [0.5, 1, 0]],
    ['s: changes', [0.25, 0, 0]],
    ['s: first', [0, 1, -1]],
    ['s: last', [1, 1, -1]],
  ])('should say %s of each sequence', (name, expected) => {
    const found = cells(name);

    expect(found).toHaveLength(3);
    found?.forEach((value, row) => {
      if (Number.isNaN(expected[row])) expect(value).toBeNaN();
      else expect(value).toBeCloseTo(expected[row] as number);
    });
  });

  it('should keep attributes, and rows that are no sequences as they are', () => {
    const plain: Rows = { length: 3, columns: [kind] };

    expect(windowStatistics(rows).columns[0]).toBe(kind);
    expect(windowStatistics(rows).sequences).toBeUndefined();
    expect(windowStatistics(plain)).toEqual(plain);
  });

  it('should know how two series move together', () => {
    const column = (name: string, ...values: number[]): Column => ({
      ...{ kind: 'numeric', name, temporal: false },
      values: Float64Array.from(values),
    });
    const steps = [column('x', 1, 2, 3), column('y', 6, 4, 2)];

    const { columns } = windowStatistics({
      length: 1,
      columns: [],
      sequences: { offsets: Int32Array.of(0, 3), steps },
    });

    expect(columns.at(-1)).toMatchObject({ name: 'x – y: correlation' });
    expect((columns.at(-1) as { values: Float64Array }).values[0]).toBeCloseTo(-1);
  });
});
