import { Bool, Date_, DateUnit, Float64, Int64, Utf8, Vector } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../../src/encode/cells/column-texts.js';
import { inferEncoder } from '../../src/encode/infer.js';
import { withoutExtremes } from '../../src/encode/rare-values.js';
import { caseCount } from '../support/cases.js';
import { column, field, roundTrip } from './columns.js';

const day = new Date_(DateUnit.DAY);
const repeat = (text: string | null, count: number) => Array.from({ length: count }, () => text);

describe('inferEncoder with leastRows', () => {
  it('should neither make nor save levels of fewer rows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 9 }),
        fc.integer({ min: 2, max: 6 }),
        (counts, least) => {
          const cells = counts.flatMap((count, level) => repeat(`<${level}>`, count));
          const common = counts.flatMap((count, level) => (count >= least ? [`<${level}>`] : []));
          const vector = column(new Utf8(), cells);

          const encoder = inferEncoder(
            field(new Utf8()),
            vector,
            { kind: 'categorical' },
            { leastRows: least },
          );

          const saved = JSON.stringify(encoder);
          const made = new Set(readTexts(roundTrip(encoder, vector)));
          for (const level of counts.keys()) {
            const text = `<${level}>`;
            expect(saved.includes(text)).toBe(common.includes(text));
          }
          expect([...made].every((text) => text === null || common.includes(text))).toBe(true);
        },
      ),
      { numRuns: caseCount(60, 500) },
    );
  });

  it('should learn rows of rare levels as if they had common ones, by their counts', () => {
    const cells = [
      ...repeat('a', 300),
      ...repeat('b', 100),
      ...Array.from({ length: 400 }, (_, k) => `rare ${k >> 1}`),
    ];
    const vector = column(new Utf8(), cells);

    const encoder = inferEncoder(
      field(new Utf8()),
      vector,
      { kind: 'categorical' },
      { leastRows: 5 },
    );

    const made = readTexts(roundTrip(encoder, vector)).slice(400);
    const share = made.filter((text) => text === 'a').length / made.length;
    expect(share).toBeGreaterThan(0.65);
    expect(share).toBeLessThan(0.85);
  });

  it('should hold back values drawn again, and booleans', () => {
    const texts = column(new Utf8(), [...repeat('often', 9), 'once']);
    const truths = column(new Bool(), [...repeat('true', 9), 'false']);

    const drawn = inferEncoder(field(new Utf8()), texts, { kind: 'resample' }, { leastRows: 5 });
    const truth = inferEncoder(field(new Bool()), truths, {}, { leastRows: 5 });

    expect(drawn.toJSON().levels).toEqual(['often']);
    expect(truth.toJSON().levels).toEqual(['true']);
  });

  it('should learn nothing of a column each of whose values is of few rows', () => {
    const pairs = column(
      new Utf8(),
      Array.from({ length: 40 }, (_, k) => `pair ${k >> 1}`),
    );
    const lone = column(new Int64(), [...repeat(null, 90), '12345678']);

    const encoders = [
      inferEncoder(field(new Utf8()), pairs, { kind: 'categorical' }, { leastRows: 5 }),
      inferEncoder(field(new Int64()), lone, {}, { leastRows: 5 }),
    ];

    for (const encoder of encoders) expect(encoder.toJSON()).toEqual({ kind: 'unmodelled' });
  });

  it.each([
    ['int64', new Int64(), (value: number) => String(value)],
    ['float64', new Float64(), (value: number) => String(value)],
    ['date', day, (value: number) => String(value)],
  ])('should bound %s by the fifth values from either end', (_, type, text) => {
    const bulk = Array.from({ length: 200 }, (_, k) => text(1000 + k));
    const low = [1, 2, 3, 4, 5].map((k) => text(-1_000_000 * k));
    const high = [1, 2, 3, 4, 5].map((k) => text(7_000_000 + k));
    const vector = column(type, [...low, ...bulk, ...high]);

    const encoder = inferEncoder(field(type), vector, {}, { leastRows: 5 });

    const made = readTexts(roundTrip(encoder, vector)).map(Number);
    expect(Math.min(...made)).toBe(-1_000_000);
    expect(Math.max(...made)).toBe(7_000_001);
    expect(JSON.stringify(encoder)).not.toMatch(/-5000000|7000005/);
  });
});

describe('withoutExtremes', () => {
  it('should leave out less than the wanted rows at each end, and keep nulls', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: -50, max: 50 })), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 6 }),
        (values, least) => {
          const cells = values.map((value) => (value === null ? null : String(value)));
          const vector = column(new Int64(), cells);

          const kept = readTexts(withoutExtremes(vector, least));

          const known = values.filter((value) => value !== null);
          const lost = values.length - kept.length;
          expect(lost).toBeLessThanOrEqual(2 * (least - 1));
          expect(kept.filter((text) => text === null)).toHaveLength(values.length - known.length);
          if (known.length > 0) expect(kept.some((text) => text !== null)).toBe(true);
        },
      ),
      { numRuns: caseCount(100, 1000) },
    );
  });

  it('should leave out NaN and infinities of few rows', () => {
    const cells = ['NaN', 'Infinity', ...repeat('-Infinity', 5), ...repeat('1', 20)];
    const vector = column(new Float64(), cells);

    const kept = readTexts(withoutExtremes(vector, 5));

    expect(new Set(kept)).toEqual(new Set(['-Infinity', '1']));
    expect(withoutExtremes(vector, 1)).toBe(vector);
    expect(vector).toBeInstanceOf(Vector);
  });
});
