import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTexts } from '../../../src/evaluate/text/compare-texts.js';
import { ngramDivergence } from '../../../src/evaluate/text/ngram-divergence.js';
import { perplexity } from '../../../src/evaluate/text/perplexity.js';
import { createRandom } from '../../../src/random.js';
import { caseCount } from '../../support/cases.js';

const someTexts = fc.array(fc.string({ maxLength: 6 }), { minLength: 1, maxLength: 8 });

describe('ngramDivergence', () => {
  it('should be in [0, 1], symmetric, and 0 of the same texts', () => {
    fc.assert(
      fc.property(someTexts, someTexts, fc.integer({ min: 1, max: 2 }), (a, b, n) => {
        const divergence = ngramDivergence(a, b, n);

        expect(divergence).toBeGreaterThanOrEqual(-1e-12);
        expect(divergence).toBeLessThanOrEqual(1 + 1e-12);
        expect(ngramDivergence(b, a, n)).toBeCloseTo(divergence, 12);
        expect(ngramDivergence(a, [...a, ...a], n)).toBeCloseTo(0, 12);
      }),
      { numRuns: caseCount(50, 1000) },
    );
  });

  it('should be of shares: half a bit of a half that is apart', () => {
    // With the two marks 'a' is a third, and so is 'b': JS of (1/3, 1/3, 1/3, 0) and (1/3, 1/3, 0, 1/3).
    expect(ngramDivergence(['a'], ['b'], 1)).toBeCloseTo(1 / 3, 12);
    expect(ngramDivergence(['ab'], ['ba'], 2)).toBeCloseTo(1, 12);
  });
});

describe('perplexity', () => {
  it('should be that of Witten and Bell, by hand', () => {
    // 'a' follows the beginning once, of one kind: (1 + 1 · root) / 2. The root has seen 'a' and the end
    // once each: (1 + 2 · 1/2) / 4 = 1/2. Of the end after 'a' the same is true at each order.
    const root = 1 / 2;
    const afterBegin = (1 + root) / 2;
    const afterA = (1 + root) / 2;
    const afterBeginA = (1 + afterA) / 2;

    const found = perplexity(['a'], ['a']);

    expect(found).toBeCloseTo(1 / Math.sqrt(afterBegin * afterBeginA), 10);
  });

  it('should be lower for texts like those that were learned', () => {
    const learned = ['red shoe', 'blue shoe', 'red hat', 'blue hat'];

    expect(perplexity(learned, ['red shoe'])).toBeLessThan(perplexity(learned, ['xylophone']));
    expect(perplexity(learned, ['blue hat'])).toBeLessThan(perplexity(learned, ['hat blue']));
  });

  it('should never be below 1, nor endless for what was never seen', () => {
    fc.assert(
      fc.property(someTexts, someTexts, (learned, judged) => {
        const found = perplexity(learned, judged);

        expect(found).toBeGreaterThanOrEqual(1);
        expect(found).toBeLessThan(Number.POSITIVE_INFINITY);
      }),
      { numRuns: caseCount(50, 1000) },
    );
  });
});

describe('compareTexts', () => {
  const name = (k: number) => `${['red', 'blue', 'grey'][k % 3]} ${['shoe', 'hat'][k % 2]} ${k}`;
  const texts = (from: number) => Array.from({ length: 200 }, (_, k) => name(from + k));
  const compare = (synthetic: readonly string[], holdout?: readonly string[]) =>
    compareTexts('title', { real: texts(0), synthetic, holdout }, createRandom(3));

  it('should tell copies and repeated texts', () => {
    const { synthetic } = compare([...texts(0).slice(0, 50), ...texts(0).slice(0, 50)]);

    expect(synthetic.copies).toBe(1);
    expect(synthetic.repeats).toBe(0.5);
  });

  it('should hold synthetic texts beside held-out ones, as many of both', () => {
    const found = compare(texts(400), texts(200).slice(0, 120));

    expect(found).toMatchObject({ column: 'title', against: 'holdout', texts: 120 });
    expect(found.synthetic.copies).toBe(0);
    expect(found.real?.copies).toBe(0);
    expect(found.real?.divergence).toHaveLength(4);
  });

  it('should find texts of one kind nearer than noise, in every measure', () => {
    const random = createRandom(8);
    const noise = texts(0).map((text) =>
      Array.from(text, () => String.fromCharCode(97 + random.integer(26))).join(''),
    );

    const [near, far] = [compare(texts(600)).synthetic, compare(noise).synthetic];

    expect(near.perplexity).toBeLessThan(far.perplexity);
    expect(near.reversePerplexity).toBeLessThan(far.reversePerplexity);
    for (const [k, own] of near.divergence.entries()) {
      expect(own).toBeLessThan(far.divergence[k] as number);
    }
    expect(near.divergence).toHaveLength(4);
  });

  it('should have no measures of real texts without held-out ones', () => {
    expect(compare(texts(100))).toMatchObject({ against: 'real', real: null });
  });
});
