import { Float64, Int64, Utf8 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { inferEncoders } from '../../src/encode/infer.js';
import { encodeTable } from '../../src/encode/table.js';
import { collapseRows, expandRows } from '../../src/encode/table-rows.js';
import { createRandom } from '../../src/random.js';
import { batchOf, column } from './columns.js';

describe('expandRows and collapseRows', async () => {
  const rows = 500;
  const random = createRandom('rows');
  const cells = (next: () => unknown) => Array.from({ length: rows }, () => String(next()));
  const columns = [
    column(new Float64(), cells(random.normal)),
    column(
      new Utf8(),
      cells(() => `level ${random.integer(5)}`),
    ),
    column(
      new Int64(),
      cells(() => random.integer(1000)),
    ),
  ];
  const batch = batchOf(columns.flatMap(({ data }) => data));
  const table = await encodeTable(
    await inferEncoders(batch.schema, [batch]),
    [batch],
    createRandom(1),
  );
  const { width } = table.layout;

  it("should be each other's inverse, for rows in any order", () => {
    const chosen = Int32Array.from({ length: 700 }, () => random.integer(rows));
    const matrix = new Float32Array(700 * width + 5).fill(9);

    expandRows(table, chosen, matrix);
    const collapsed = collapseRows(table.layout, matrix, 700);

    expect(collapsed).toEqual(
      table.values.map((values) => {
        const Values = values.constructor as Float32ArrayConstructor;
        return Values.from(chosen, (row) => values[row] as number);
      }),
    );
    expect([...matrix.subarray(700 * width)]).toEqual([9, 9, 9, 9, 9]);
  });

  it('should take the highest of a soft one-hot, and clip scalars', () => {
    const layout = {
      width: 4,
      spans: [
        { kind: 'scalar', column: 0, offset: 0, size: 1 },
        {
          kind: 'onehot',
          width: 3,
          role: 'category',
          counts: [1, 1, 1],
          column: 1,
          offset: 1,
          size: 3,
        },
      ],
    } as const;
    const matrix = Float32Array.of(1.5, 0.2, 0.5, 0.3, -2, 0.1, 0.1, 0.8, Number.NaN, 0.5, 0.5, 0);

    expect(collapseRows(layout, matrix, 3)).toEqual([
      Float32Array.of(1, -1, 0),
      Int32Array.of(1, 2, 0),
    ]);
  });

  it('should refuse a matrix that is too small', () => {
    const matrix = new Float32Array(width);

    expect(() => expandRows(table, Int32Array.of(0, 1), matrix)).toThrow(RangeError);
    expect(() => collapseRows(table.layout, matrix, 2)).toThrow(RangeError);
  });
});
