import { InvalidOptionError } from '../errors.js';
import { gaussianDivergence, subsampledDivergence } from './renyi.js';

/** Releases of one kind, each by a Gaussian. */
export interface GaussianReleases {
  /** How many. */
  readonly count: number;
  /** Standard deviation of the noise over what one row changes the released sum by, in the ℓ₂ norm. */
  readonly noiseMultiplier: number;
  /** The probability of each row to have a part in it; 1 where all have. */
  readonly sampleRate: number;
}

/** Orders of Rényi divergence that are tried: those of Google's dp-accounting. */
const orders: readonly number[] = [
  ...Array.from({ length: 99 }, (_, k) => 1 + (k + 1) / 10),
  ...Array.from({ length: 53 }, (_, k) => 11 + k),
  128,
  256,
  512,
  1024,
];

/** An order as near to 1 converts to no bound of use. */
const leastOrder = 1.01;

/**
 * The least ε for which all releases together are (ε, δ)-differentially private, as far as their Rényi
 * divergences can tell: they add up, also where a release depends on those before.
 *
 * Adjacent tables differ by one row, added or removed. The conversion is that of Canonne, Kamath and
 * Steinke 2020 (arXiv 2004.00010, proposition 12).
 */
export function epsilonOf(releases: readonly GaussianReleases[], delta: number): number {
  return Math.min(...orders.map((order) => epsilonAt(order, divergenceOf(releases, order), delta)));
}

function divergenceOf(releases: readonly GaussianReleases[], order: number): number {
  return releases.reduce((sum, { count, noiseMultiplier, sampleRate }) => {
    if (count === 0) return sum;
    const each =
      sampleRate === 1
        ? gaussianDivergence(noiseMultiplier, order)
        : subsampledDivergence(sampleRate, noiseMultiplier, order);
    return sum + count * each;
  }, 0);
}

function epsilonAt(order: number, divergence: number, delta: number): number {
  // By the total variation distance that a divergence allows, which is at least Kullback and Leibler's.
  if (delta ** 2 + Math.expm1(-divergence) > 0) return 0;
  if (order <= leastOrder) return Number.POSITIVE_INFINITY;
  const epsilon = divergence + Math.log1p(-1 / order) - Math.log(delta * order) / (order - 1);
  return Math.max(0, Number.isNaN(epsilon) ? Number.POSITIVE_INFINITY : epsilon);
}

/** More noise than this leaves nothing to learn, and does not bring releases within ε that are not yet. */
const mostNoise = 2 ** 20;

function nothingLeft(epsilon: number): InvalidOptionError {
  return new InvalidOptionError(
    `no noise keeps a training within epsilon ${epsilon}: what is released before it takes all of that. ` +
      'Lower histogramShare and pairShare of the recipe, or raise fit.privacy.epsilon',
  );
}

/** How near to the least one a noise multiplier is found. */
const tolerance = 1e-4;

/**
 * The least noise multiplier with which releases stay within (ε, δ), beside others: never less than
 * that, and at most a ten-thousandth more.
 *
 * @param others Releases whose noise is given.
 * @throws InvalidOptionError where these leave nothing of ε.
 */
export function findNoiseMultiplier(
  epsilon: number,
  delta: number,
  { count, sampleRate }: Pick<GaussianReleases, 'count' | 'sampleRate'>,
  others: readonly GaussianReleases[] = [],
): number {
  const isWithin = (noiseMultiplier: number) =>
    epsilonOf([...others, { count, sampleRate, noiseMultiplier }], delta) <= epsilon;
  let high = 1;
  while (!isWithin(high)) {
    high *= 2;
    if (high > mostNoise) throw nothingLeft(epsilon);
  }
  let low = high / 2;
  while (low > tolerance && isWithin(low)) [high, low] = [low, low / 2];
  while (high - low > tolerance * low) {
    const middle = (low + high) / 2;
    if (isWithin(middle)) high = middle;
    else low = middle;
  }
  return high;
}
