import { Float16, Float64, Int32, makeData, Uint64, Utf8, Vector } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import {
  nullCountOf,
  readDistances,
  readFloats,
  validityOf,
  wholeRange,
} from '../../../src/encode/cells/column-values.js';
import { column, cut } from '../columns.js';

describe('column values', () => {
  it('should honour validity and offset, through cuts and slices', () => {
    const vector = column(new Int32(), ['5', null, '7', null, null, '-2', '9', null, '1', '3']);
    const part = cut(vector.slice(1, 9), 4);

    expect(validityOf(part)).toEqual(Uint8Array.of(0, 1, 0, 0, 1, 1, 0, 1));
    expect(nullCountOf(part)).toBe(4);
    expect(wholeRange(part)).toEqual({ minimum: -2n, maximum: 9n });
    expect([...readDistances(part, -2n)]).toEqual([0, 9, 0, 0, 0, 11, 0, 3]);
  });

  it('should say nothing of validity where nothing is null', () => {
    expect(validityOf(column(new Utf8(), ['a', 'b']))).toBeUndefined();
    expect(wholeRange(column(new Int32(), [null]))).toBeUndefined();
  });

  it('should measure 64-bit distances before they are rounded', () => {
    const vector = column(new Uint64(), ['18446744073709551615', '18446744073709551612']);

    expect([...readDistances(vector, 18446744073709551610n)]).toEqual([5, 2]);
  });

  it('should read halves as numbers', () => {
    const data = makeData({ type: new Float16(), data: Uint16Array.of(0x3c00, 0xc000), length: 2 });

    expect([...readFloats(new Vector([data]))]).toEqual([1, -2]);
    expect([...readFloats(column(new Float64(), ['0.1']))]).toEqual([0.1]);
  });
});
