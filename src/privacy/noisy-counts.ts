import type { PrivacyBudget } from './budget.js';
import type { SecretRandom } from './secret-random.js';

/** What adds noise to the histograms of rows. */
export interface NoisyCounts {
  /** Standard deviation of the noise. */
  readonly deviation: number;
  /** A cell that was found in the rows may be released if its noisy count is above this. */
  readonly threshold: number;
  /** Adds noise to a histogram; a row is in one of its cells at most. */
  addTo(histogram: Float64Array): Float64Array;
}

/** The histograms that a budget pays for; one more is an error. */
export function createNoisyCounts(budget: PrivacyBudget, random: SecretRandom): NoisyCounts {
  const { countDeviation: deviation, countThreshold: threshold, histograms } = budget;
  let released = 0;
  return {
    deviation,
    threshold,
    addTo(histogram) {
      if (released === histograms) {
        throw new Error(`more histograms than the budget pays for: ${histograms}`);
      }
      const noise = random
        .fork('histogram', released++)
        .fillNormal(new Float64Array(histogram.length), deviation);
      return histogram.map((count, cell) => count + (noise[cell] as number));
    },
  };
}

/**
 * Counts of a known total that are not negative. Of too large a sum the nearest ones (a projection onto a
 * simplex, Duchi et al. 2008): noise alone makes counts below 0, and clipping these adds to the others. Too
 * small a sum is spread in proportion.
 */
export function projectCounts(noisy: Float64Array, total: number): Float64Array {
  const clipped = noisy.map((count) => Math.max(count, 0));
  const sum = clipped.reduce((all, count) => all + count, 0);
  const wanted = Math.max(total, 1);
  if (sum === 0) return clipped.fill(wanted / Math.max(clipped.length, 1));
  if (sum <= wanted) return clipped.map((count) => (count * wanted) / sum);
  const shift = shiftTo(wanted, clipped);
  return clipped.map((count) => Math.max(count - shift, 0));
}

/** What is to be taken off counts, where they are that large, so that they sum to a total. */
function shiftTo(total: number, counts: Float64Array): number {
  let above = 0;
  let shift = 0;
  for (const [k, count] of counts.toSorted().reverse().entries()) {
    above += count;
    const next = (above - total) / (k + 1);
    if (count <= next) break;
    shift = next;
  }
  return shift;
}
