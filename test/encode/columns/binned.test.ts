import {
  Date_,
  DateUnit,
  Decimal,
  Field,
  Float32,
  Float64,
  Int8,
  Int64,
  TimestampNanosecond,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binned, binnedFromJSON } from '../../../src/encode/columns/binned.js';
import type { Members } from '../../../src/encode/json-checks.js';
import { createRandom } from '../../../src/random.js';
import { roundTrip } from '../columns.js';

const bin = (start: number, end: number, count = 1) => ({ start, end, count });

describe('binned', () => {
  it('should give numbers of the same interval back, and single numbers exactly', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 12 }),
        fc.array(fc.integer({ min: -27, max: 73 }), { minLength: 1, maxLength: 20 }),
        (edges, values) => {
          const sorted = [0, ...edges.sort((a, b) => a - b), 101];
          const bins = sorted
            .slice(1)
            .map((end, k) => bin(sorted[k] as number, end - 1))
            .filter(({ start, end }) => end >= start);
          const field = new Field('x', new Int8(), false);
          const encoder = binned(field, { line: { origin: -27n, step: 1n }, bins });

          const numbers = roundTrip(encoder, vectorFromArray(values, new Int8())).toArray();

          values.forEach((value, row) => {
            const own = bins.find(({ start, end }) => start <= value + 27 && value + 27 <= end);
            expect(Number(numbers[row]) + 27).toBeGreaterThanOrEqual(own?.start as number);
            expect(Number(numbers[row]) + 27).toBeLessThanOrEqual(own?.end as number);
          });
        },
      ),
    );
  });

  it('should take what lies beyond into the nearest interval, and have a code of null', () => {
    const field = new Field('x', new Float64(), true);
    const bins = [bin(0, 1, 5), bin(1, 4, 9)];
    const encoder = binned(field, { line: undefined, bins, nulls: 2 });
    const column = vectorFromArray([-9, 0.5, 1, 99, null, Number.NaN], new Float64());

    const [codes] = encoder.encode(column, createRandom(1));

    expect([...(codes ?? [])]).toEqual([0, 0, 1, 1, 2, 1]);
    expect(encoder.spans).toEqual([{ kind: 'onehot', width: 3, role: 'mode', counts: [5, 9, 2] }]);
    expect(roundTrip(encoder, column).get(4)).toBeNull();
  });

  it('should draw evenly from an interval', () => {
    const field = new Field('x', new Int64(), false);
    const encoder = binned(field, { line: { origin: 10n, step: 1n }, bins: [bin(0, 3)] });

    const data = encoder.decode([new Int32Array(4000)], 4000, createRandom(2));

    const counts = new Map<bigint, number>();
    for (const value of data.values as BigInt64Array) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([10n, 11n, 12n, 13n]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(140);
  });

  it.each([
    ['floats', new Field('x', new Float32(), true), undefined, [bin(-1.5, 2), bin(2, 7.25)]],
    ['dates', new Field('x', new Date_(DateUnit.MILLISECOND), true), 86_400_000n, [bin(0, 400)]],
    ['times', new Field('x', new TimestampNanosecond(), true), 256n, [bin(0, 2 ** 50)]],
    ['decimals', new Field('x', new Decimal(2, 10, 128), true), 1n, [bin(0, 5), bin(6, 9)]],
  ] as const)('should come back from JSON: %s', (_, field, step, bins) => {
    const line = step === undefined ? undefined : { origin: 0n, step };
    const encoder = binned(field, { line, bins, nulls: 3 });

    const again = binnedFromJSON(field, JSON.parse(JSON.stringify(encoder.toJSON())) as Members);

    expect(again.toJSON()).toEqual(encoder.toJSON());
    const codes = Int32Array.of(0, bins.length - 1, bins.length);
    const [one, other] = [encoder, again].map((each) => each.decode([codes], 3, createRandom(5)));
    expect(other?.values).toEqual(one?.values);
    expect(other?.nullCount).toBe(1);
  });

  it.each([
    ['no bins', { bins: [] }],
    ['a bin that ends before it starts', { bins: [[2, 1, 1]] }],
    [
      'bins that overlap',
      {
        bins: [
          [0, 5, 1],
          [3, 8, 1],
        ],
      },
    ],
    ['numbers that the type does not hold', { bins: [[0, 200, 1]] }],
    ['parts of whole numbers', { bins: [[0, 1.5, 1]] }],
    ['a count below 0', { bins: [[0, 1, -1]] }],
    ['nulls of a column without', { bins: [[0, 1, 1]], nulls: 3 }],
    ['no origin', { bins: [[0, 1, 1]], origin: undefined }],
    ['a step of 0', { bins: [[0, 1, 1]], step: '0' }],
  ])('should refuse a saved one with %s', (_, members) => {
    const field = new Field('x', new Int8(), false);

    expect(() => binnedFromJSON(field, { origin: '0', step: '1', ...members } as Members)).toThrow(
      /saved encoder of column 'x'/,
    );
  });
});
