import { splitText } from '../../encode/text/split-text.js';

/**
 * The Jensen–Shannon divergence, in bits, between the n-grams of two lists of texts: 0 where they are
 * equally frequent, 1 where none is in both. A mark stands before and after each text, so that beginnings
 * and ends count.
 *
 * N-grams of few texts are few: compare what is of equally many texts.
 */
export function ngramDivergence(
  first: readonly string[],
  second: readonly string[],
  n: number,
): number {
  const [a, b] = [countNgrams(first, n), countNgrams(second, n)];
  const half = (own: typeof a, other: typeof a) => {
    let sum = 0;
    for (const [ngram, count] of own.counts) {
      const share = count / own.total;
      const others = (other.counts.get(ngram) ?? 0) / other.total;
      sum += share * Math.log2((2 * share) / (share + others));
    }
    return sum / 2;
  };
  return half(a, b) + half(b, a);
}

/** What stands before and after each text: no character of one. */
const marks = ['begin', 'end'] as const;

function countNgrams(texts: readonly string[], n: number) {
  const counts = new Map<string, number>();
  let total = 0;
  for (const text of texts) {
    const symbols = [marks[0], ...splitText(text), marks[1]];
    for (let start = 0; start + n <= symbols.length; start++) {
      const ngram = symbols.slice(start, start + n).join('\0');
      counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
      total++;
    }
  }
  return { counts, total };
}
