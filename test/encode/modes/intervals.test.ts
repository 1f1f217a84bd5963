import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mode, Modes } from '../../../src/encode/modes/mode.js';
import { decodeModes, encodeModes, modeSpans } from '../../../src/encode/modes/mode-values.js';
import { fitModes } from '../../../src/encode/modes/modes.js';
import { createRandom } from '../../../src/random.js';

// Numbers that vanish next to 1 are none: encoders scale what is all tiny.
const number = fc
  .double({ min: -1e6, max: 1e6, noNaN: true })
  .map((value) => (Math.abs(value) < 2 ** -100 ? 0 : value));
const numbers = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), number), {
  minLength: 1,
  maxLength: 300,
});
const intervalsOf = (values: readonly number[], leastRows = 1) =>
  fitModes(Float64Array.from(values), { leastRows, numbers: 'intervals' });

/** Half of a mode's width, with what rounding adds: it is that of the whole range. */
const reachOf = ({ halfWidth }: Mode, { minimum, maximum }: Modes) =>
  halfWidth + (maximum - minimum + Math.abs(maximum)) * 2 ** -40;

describe('intervals of numbers', () => {
  it('should encode every number of the range within a mode, and atoms exactly', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(numbers, fc.array(share), (sample, shares) => {
        const fitted = intervalsOf(sample);
        const { modes, minimum, maximum } = fitted;
        const inside = shares.map((t) => minimum + t * (maximum - minimum));
        const values = Float64Array.from([...sample, ...inside]);

        const spans = encodeModes(fitted, values, undefined, createRandom(1));
        const decoded = decodeModes(fitted, spans, values.length);

        const codes =
          modes.length > 1 ? (spans.at(-1) as Int32Array) : new Int32Array(values.length);
        values.forEach((value, row) => {
          const mode = modes[codes[row] as number] as Mode;
          expect(Math.abs(value - mode.center)).toBeLessThanOrEqual(reachOf(mode, fitted));
          expect(Math.abs((decoded[row] as number) - value)).toBeLessThanOrEqual(
            2 * reachOf(mode, fitted),
          );
          if (mode.kind === 'atom') expect((decoded[row] as number) + 0).toBe(value + 0);
        });
      }),
    );
  });

  it('should make one value alone an atom', () => {
    const { modes } = intervalsOf([7, 7]);

    expect(modes).toMatchObject([{ kind: 'atom', center: 7, weight: 1 }]);
  });

  it('should give codes of about as many rows each, atoms aside', () => {
    const random = createRandom(3);
    const sample = Array.from({ length: 10_000 }, () => Math.exp(random.normal()));

    const { modes } = intervalsOf(sample);

    expect(modes).toHaveLength(100);
    expect(modes.every(({ kind, weight }) => kind === 'interval' && weight < 0.012)).toBe(true);
  });

  it('should make every value of a few an atom, and of a rare one none', () => {
    const sample = Array.from({ length: 1000 }, (_, row) => (row < 4 ? 40 : row % 30));

    const { modes } = intervalsOf(sample, 5);

    const atoms = modes.filter(({ kind }) => kind === 'atom').map(({ center }) => center);
    expect(atoms).toEqual(Array.from({ length: 30 }, (_, k) => k));
  });

  it('should give evenly drawn numbers the distribution of the sample', () => {
    const random = createRandom(8);
    const sample = Array.from({ length: 3000 }, () => random.normal() ** 3);
    const fitted = intervalsOf(sample);
    const codes = encodeModes(fitted, Float64Array.from(sample), undefined, random).at(-1);
    const places = Float32Array.from(sample, () => 2 * random.uniform() - 1);

    const spans = modeSpans(fitted).map(({ kind }) => (kind === 'scalar' ? places : codes));
    const drawn = decodeModes(fitted, spans as Float32Array[], sample.length).toSorted();

    const sorted = Float64Array.from(sample).sort();
    for (const share of [0.002, 0.1, 0.3, 0.5, 0.7, 0.9, 0.998]) {
      const value = sorted[Math.floor(share * sample.length)] as number;
      const below = drawn.filter((each) => each < value).length / drawn.length;
      expect(Math.abs(below - share)).toBeLessThan(0.01);
    }
  });

  it('should bring back the few values that share an interval, and none between them', () => {
    // More values than codes, each of more rows than are private.
    const sample = Array.from({ length: 3000 }, (_, row) => 100 * (row % 200));
    const fitted = intervalsOf(sample, 5);
    const random = createRandom(2);
    const codes = encodeModes(fitted, Float64Array.from(sample), undefined, random).at(-1);
    const places = Float32Array.from(sample, () => 2 * random.uniform() - 1);

    const spans = modeSpans(fitted).map(({ kind }) => (kind === 'scalar' ? places : codes));
    const drawn = decodeModes(fitted, spans as Float32Array[], sample.length);

    const known = drawn.filter((value) => Math.abs(value / 100 - Math.round(value / 100)) < 1e-6);
    expect(known.length).toBeGreaterThan(0.999 * drawn.length);
  });

  it('should keep extremes that lie far off out of the intervals', () => {
    const random = createRandom(4);
    const sample = Array.from({ length: 500 }, (_, row) => (row < 3 ? 1e300 : random.normal()));

    const { modes } = intervalsOf(sample);

    const widest = modes
      .filter(({ kind }) => kind === 'interval')
      .map(({ halfWidth }) => halfWidth);
    expect(Math.max(...widest)).toBeLessThan(10);
    expect(modes.some(({ kind, center }) => kind === 'atom' && center === 1e300)).toBe(true);
  });
});
