import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deltaEncodings,
  measureDeltaValues,
} from '../../../../src/data/parquet/format/delta-lengths.js';
import { encodeDeltas } from '../../bombs/one-column.js';

const sumOf = (lengths: readonly number[]) => lengths.reduce((sum, length) => sum + length, 0);

describe('measureDeltaValues', () => {
  it('should add up the lengths of values, and of what they have in common', () => {
    const lengths = fc.array(
      fc
        .oneof(fc.nat(3), fc.nat(1000), fc.constant(0))
        .chain((length) => fc.tuple(fc.constant(length), fc.integer({ min: 1, max: 90 }))),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(lengths, lengths, (a, b) => {
        const [prefixes, suffixes] = [a, b].map((runs) =>
          runs.flatMap(([length, times]) => new Array<number>(times).fill(length)),
        ) as [number[], number[]];
        const text = Buffer.alloc(2000);
        const body = Buffer.concat([encodeDeltas(prefixes), encodeDeltas(suffixes), text]);

        const both = measureDeltaValues(body, deltaEncodings.prefixes, 10_000);
        const first = measureDeltaValues(body, deltaEncodings.lengths, 10_000);

        expect(both.total).toBe(sumOf(prefixes) + sumOf(suffixes));
        expect(both.longest).toBe(Math.max(...prefixes) + Math.max(...suffixes));
        expect(first).toEqual({ total: sumOf(prefixes), longest: Math.max(...prefixes) });
      }),
      { numRuns: 60 },
    );
  });

  it('should take a page of nulls alone, which may have no bytes', () => {
    expect(measureDeltaValues(new Uint8Array(), deltaEncodings.prefixes, 5)).toEqual({
      total: 0,
      longest: 0,
    });
  });

  it.each([
    ['more lengths than values', encodeDeltas([1, 2, 3]), /3 lengths of 2 values/],
    ['a length beyond the page', encodeDeltas([1, 1000]), /a length of 1000/],
    ['a negative length', encodeDeltas([1, -1]), /a length of -1/],
    ['blocks that cannot be parted', Buffer.from([10, 3, 2, 0]), /blocks of 10 lengths in 3 parts/],
    ['an end too early', encodeDeltas([1, 900]).subarray(0, 6), /end too early/],
  ])('should refuse %s', (_, body, message) => {
    expect(() => measureDeltaValues(body, deltaEncodings.lengths, 2)).toThrow(message);
  });
});
