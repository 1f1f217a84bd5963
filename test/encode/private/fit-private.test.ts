import {
  Bool,
  Field,
  Float64,
  Int64,
  List,
  type RecordBatch,
  Schema,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { fitPrivately } from '../../../src/encode/private/fit-private.js';
import {
  type ColumnPlan,
  histogramsOf,
  isOpen,
  planColumn,
  planColumns,
} from '../../../src/encode/private/plan-column.js';
import type { NoisyCounts } from '../../../src/privacy/noisy-counts.js';
import { createRandom } from '../../../src/random.js';

const rows = 4000;
const random = createRandom('private rows');
const draw = <T>(make: () => T) => Array.from({ length: rows }, make);

const cells = {
  city: draw(() => (['Rome', 'Rome', 'Oslo', 'Bern'] as const)[random.integer(4)]),
  age: draw(() => BigInt(random.uniform() < 0.4 ? 40 : 18 + random.integer(60))),
  height: draw(() => 150 + 40 * random.uniform()),
  member: draw(() => (random.uniform() < 0.1 ? null : random.uniform() < 0.3)),
};
// One row has a city of its own.
(cells.city as string[])[7] = 'Nowhere';
const fields = [
  new Field('city', new Utf8(), false),
  new Field('age', new Int64(), false),
  new Field('height', new Float64(), true),
  new Field('member', new Bool(), true),
];
const schema = new Schema(fields);

function batchOf(skip = 0): RecordBatch {
  const columns = Object.values(cells).map((values, k) => {
    const kept = (values as unknown[]).slice(skip);
    return vectorFromArray(kept, fields[k]?.type as Utf8).data[0];
  });
  return makeBatch(schema, columns as never, rows - skip);
}

/** Noise that is small, and the histograms that were asked for. */
function smallNoise(deviation = 4, threshold = 25) {
  const seen: Float64Array[] = [];
  const noise: NoisyCounts = {
    deviation,
    threshold,
    addTo(histogram) {
      seen.push(histogram.slice());
      const own = createRandom('noise').fork(seen.length);
      return histogram.map((count) => count + deviation * own.normal());
    },
  };
  return { noise, seen };
}

const fitted = async (
  plans: readonly ColumnPlan[],
  { noise, seen } = smallNoise(),
  batch = batchOf(),
) => ({
  encoders: (await fitPrivately(schema, [batch], { plans, rows, noise })).map((encoder) =>
    encoder.toJSON(),
  ),
  seen,
});

describe('planColumn', () => {
  it.each([
    ['text by levels that are found', new Utf8(), {}, 1, true],
    ['text by given levels', new Utf8(), { levels: ['a', 'b'] }, 1, false],
    ['booleans by both levels', new Bool(), {}, 1, false],
    ['a short range of whole numbers by one cut', new Int64(), { range: [0, 100] }, 1, false],
    ['a long range by some', new Int64(), { range: [0, 20_000] }, 3, false],
    ['numbers of no known range by one histogram more', new Float64(), {}, 3, false],
    ['numbers by levels', new Int64(), { levels: [1, 2] }, 1, false],
    ['what names rows by nothing', new Utf8(), { kind: 'identifier' }, 0, false],
    ['lists by nothing', new List(new Field('x', new Utf8())), {}, 0, false],
  ] as const)('should learn %s', (_, type, options, histograms, open) => {
    const plan = planColumn(new Field('x', type, true), options);

    expect(histogramsOf(plan)).toBe(histograms);
    expect(isOpen(plan)).toBe(open);
  });

  it('should read ranges as people write them', () => {
    const field = new Field('x', new TimestampMillisecond(), true);

    const plan = planColumn(field, { range: ['2020-01-01', '2020-01-02'] });

    expect(plan).toMatchObject({ range: [0, 86_400_000], line: { origin: 1_577_836_800_000n } });
  });

  it.each([
    ['a range that ends before it starts', new Int64(), { range: [5, 1] }, /range must be/],
    ['a range of texts', new Int64(), { range: ['a', 'b'] }, /range holds what no cell/],
    ['a level that is none', new Bool(), { levels: ['maybe'] }, /levels holds what no cell/],
    ['a level twice', new Utf8(), { levels: ['a', 'a'] }, /name one twice/],
    ['a range of text', new Utf8(), { range: [1, 2] }, /range is of no use/],
    ['texts by their characters', new Utf8(), { kind: 'text' }, /kind 'text' and fit.privacy/],
    ['a kind that does not fit', new Utf8(), { kind: 'integer' }, /cannot be learned as/],
  ] as const)('should refuse %s', (_, type, options, problem) => {
    expect(() => planColumn(new Field('x', type, true), options)).toThrow(problem);
  });
});

describe('fitPrivately', () => {
  it('should have levels that enough rows have, and none of one row', async () => {
    const { encoders } = await fitted(planColumns(schema));

    const { levels, counts } = encoders[0] as unknown as { levels: string[]; counts: number[] };
    expect(levels).toEqual(['Rome', 'Bern', 'Oslo'].sort((a, b) => order(a) - order(b)));
    expect(Math.abs(counts.reduce((sum, count) => sum + count) - rows)).toBeLessThan(3);

    function order(level: string) {
      return -cells.city.filter((city) => city === level).length;
    }
  });

  it('should have given levels, whatever the rows hold', async () => {
    const plans = planColumns(schema, { city: { levels: ['Rome', 'Paris'] } });

    const { encoders } = await fitted(plans);

    const { levels } = encoders[0] as unknown as { levels: string[] };
    expect(levels.toSorted()).toEqual(['Paris', 'Rome']);
  });

  it('should cut numbers where they are, and a number of many rows out', async () => {
    const plans = planColumns(schema, { age: { range: [0, 120] }, height: { range: [100, 228] } });

    const { encoders } = await fitted(plans);

    const [ages, heights] = [encoders[1], encoders[2]].map(
      (encoder) => encoder?.bins as [number, number, number][],
    ) as [[number, number, number][], [number, number, number][]];
    const forty = ages.find(([start]) => start === 40);
    expect(forty?.[1]).toBe(40);
    expect(Math.abs((forty?.[2] ?? 0) / rows - 0.41)).toBeLessThan(0.03);
    // All 121 numbers, and the whole range of floats, lie in some bin.
    expect([ages[0]?.[0], ages.at(-1)?.[1]]).toEqual([0, 120]);
    expect([heights[0]?.[0], heights.at(-1)?.[1]]).toEqual([100, 228]);
    const inside = heights.filter(([start, end]) => end > 150 && start < 190);
    expect(inside.length).toBeGreaterThan(10);
    expect(Math.max(...inside.map(([, , count]) => count))).toBeLessThan(rows / 8);
  });

  it('should find a range by powers of two where none is given', async () => {
    const { encoders } = await fitted(planColumns(schema));

    const bins = encoders[2]?.bins as [number, number, number][];
    expect([bins[0]?.[0], bins.at(-1)?.[1]]).toEqual([128, 256]);
  });

  it('should make nulls where enough rows are null, and where the field may hold them alone', async () => {
    const { encoders } = await fitted(planColumns(schema));

    expect(encoders[2]?.nulls).toBeUndefined();
    expect(encoders[3]?.levels).toContain(null);
  });

  it('should see of each row one cell of a histogram at most, and no histogram that is not planned', async () => {
    const plans = planColumns(schema);
    const planned = plans.reduce((sum, plan) => sum + histogramsOf(plan), 0);

    const [all, fewer] = await Promise.all([
      fitted(plans, smallNoise(0.1, 2)),
      fitted(plans, smallNoise(0.1, 2), batchOf(1)),
    ]);

    expect(all.seen.length).toBeLessThanOrEqual(planned);
    all.seen.forEach((histogram, k) => {
      const other = fewer.seen[k] as Float64Array;
      // Histograms of unlike cells cannot be compared: found levels may differ, and cuts follow noise.
      if (other.length !== histogram.length) return;
      const change = histogram.reduce(
        (sum, count, cell) => sum + Math.abs(count - (other[cell] as number)),
        0,
      );
      expect(change).toBeLessThanOrEqual(1);
    });
    expect(
      all.seen.filter(({ length }, k) => length === fewer.seen[k]?.length).length,
    ).toBeGreaterThan(4);
  });

  it('should make names up where no text comes out', async () => {
    const { encoders } = await fitted(planColumns(schema), smallNoise(4, 1e6));

    expect(encoders[0]?.kind).toBe('identifier');
  });
});
