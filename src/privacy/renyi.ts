import { logAdd, logErfc } from './log-space.js';

/** Terms of a fractional order's series are summed until they are this small next to the sum, as logarithms. */
const leastTerm = -30;
const mostTerms = 1000;

/**
 * The Rényi divergence of order α > 1 that one release by a Gaussian has at most, of a sum that one row
 * changes by `1` in the ℓ₂ norm: α / (2σ²) (Mironov 2017, arXiv 1702.07476).
 */
export function gaussianDivergence(noiseMultiplier: number, order: number): number {
  return order / (2 * noiseMultiplier ** 2);
}

/**
 * The same where each row has a part in the sum only at the probability `sampleRate`, by itself
 * (Mironov, Talwar and Zhang 2019, arXiv 1908.10530): a Gaussian that is subsampled by Poisson's scheme.
 * Rows are added or removed; what is adjacent differs by one row.
 *
 * @param noiseMultiplier Standard deviation of the noise over what one row changes the sum by.
 */
export function subsampledDivergence(
  sampleRate: number,
  noiseMultiplier: number,
  order: number,
): number {
  if (sampleRate === 0) return 0;
  if (sampleRate === 1) return gaussianDivergence(noiseMultiplier, order);
  const log = Number.isInteger(order) ? logMomentOfWhole : logMomentOfFraction;
  return log(sampleRate, noiseMultiplier ** 2, order) / (order - 1);
}

/** Section 3.3 of the paper: a sum of α + 1 terms. */
function logMomentOfWhole(rate: number, variance: number, order: number): number {
  let total = Number.NEGATIVE_INFINITY;
  let logBinomial = 0;
  for (let k = 0; k <= order; k++) {
    const share = logBinomial + k * Math.log(rate) + (order - k) * Math.log1p(-rate);
    total = logAdd(total, share + (k * k - k) / (2 * variance));
    logBinomial += Math.log((order - k) / (k + 1));
  }
  return total;
}

/**
 * The same for an order that is no whole number: two series, each of which ends once its terms are small.
 * They are summed without their signs, so that rounding cannot take the sum below what it is.
 *
 * @returns Infinity where the series take too long, at noise so small that no order says much.
 */
function logMomentOfFraction(rate: number, variance: number, order: number): number {
  const [logRate, logRest] = [Math.log(rate), Math.log1p(-rate)];
  const border = variance * (logRest - logRate) + 0.5;
  const width = Math.sqrt(2 * variance);
  const term = (share: number, place: number, end: number) =>
    share + (place * place - place) / (2 * variance) + logErfc(end / width) - Math.LN2;
  let total = Number.NEGATIVE_INFINITY;
  let last = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let logBinomial = 0;
  for (let k = 0; k < mostTerms; k++) {
    const rest = order - k;
    const now = [
      term(logBinomial + k * logRate + rest * logRest, k, k - border),
      term(logBinomial + rest * logRate + k * logRest, rest, border - rest),
    ];
    total = now.reduce(logAdd, total);
    const isFalling = now.every((log, series) => log < (last[series] as number));
    if (isFalling && Math.max(...now) < total + leastTerm) return total;
    last = now;
    logBinomial += Math.log(Math.abs(rest) / (k + 1));
  }
  return Number.POSITIVE_INFINITY;
}
