import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../../../../src/encode/table-layout.js';
import {
  codeOrder,
  codesWidth,
} from '../../../../../src/gan/families/tabular/autoregressive/code-order.js';

const category = (width: number) =>
  ({ kind: 'onehot', width, role: 'category', counts: new Array<number>(width).fill(1) }) as const;

const layout = layoutOf([
  { spans: [category(3)] },
  { spans: [{ kind: 'onehot', width: 2, role: 'presence' }, { kind: 'scalar' }] },
  { spans: [category(4)] },
]);

describe('codeOrder', () => {
  it('should take codes in the order of the columns, side by side', () => {
    const spans = codeOrder(layout);

    expect(spans.map(({ column, size, start }) => [column, size, start])).toEqual([
      [0, 3, 0],
      [1, 2, 3],
      [2, 4, 5],
    ]);
    expect(codesWidth(spans)).toBe(9);
  });

  it('should take the target last, and say where each lies in a row after the numbers', () => {
    const spans = codeOrder(layout, 0);

    expect(spans.map(({ column }) => column)).toEqual([1, 2, 0]);
    expect(spans.map(({ isTarget }) => isTarget)).toEqual([false, false, true]);
    // Of a row: the number, then categories, then what is present.
    expect(spans.map(({ offset }) => offset)).toEqual([7, 3, 0]);
  });
});
