import type { TextComparison, TextLikeness } from '../evaluate/text/compare-texts.js';

/** A measure of texts with its name. */
export interface TextMeasure {
  readonly name: string;
  readonly synthetic: number;
  /** Undefined without held-out texts. */
  readonly real: number | undefined;
}

/** Measures of texts by their names, in the order in which they are shown. */
export function textMeasures({ synthetic, real }: TextComparison): TextMeasure[] {
  const measure = (name: string, of: (own: TextLikeness) => number): TextMeasure => ({
    name,
    synthetic: of(synthetic),
    real: real ? of(real) : undefined,
  });
  return [
    ...[1, 2, 3, 4].map((n) =>
      measure(`JS-${n}, n-grams of ${n}`, ({ divergence }) => divergence[n - 1] as number),
    ),
    measure('copies of real texts', ({ copies }) => copies),
    measure('repeated texts', ({ repeats }) => repeats),
    measure('characters of a text', ({ length }) => length),
    measure('perplexity', ({ perplexity }) => perplexity),
    measure('reverse perplexity', ({ reversePerplexity }) => reversePerplexity),
  ];
}

/** What the measures are of, in words. */
export function describeTexts({ texts, against }: TextComparison): string {
  return against === 'holdout'
    ? `${texts} texts beside as many held-out ones`
    : `${texts} texts beside the real ones`;
}
