/** A continuous distribution, to hold numbers against. */
export interface Law {
  /** The share of numbers below x. */
  cumulative(x: number): number;
  readonly mean: number;
  readonly variance: number;
  readonly skewness: number;
  /** Over that of the normal. */
  readonly excess: number;
}

const eulerGamma = 0.5772156649015329;

export const laws = {
  uniform: { cumulative: (x) => x, mean: 0.5, variance: 1 / 12, skewness: 0, excess: -1.2 },
  normal: { cumulative: normalShare, mean: 0, variance: 1, skewness: 0, excess: 0 },
  gumbel: {
    cumulative: (x) => Math.exp(-Math.exp(-x)),
    mean: eulerGamma,
    variance: Math.PI ** 2 / 6,
    skewness: 1.1395470994046486,
    excess: 2.4,
  },
} as const satisfies Record<string, Law>;

/** Standard normal distribution: Simpson's rule on 200 pieces from 0, to 1e-9. */
function normalShare(x: number): number {
  const pieces = 200;
  const width = Math.min(Math.abs(x), 8) / pieces;
  let sum = 0;
  for (let k = 0; k <= pieces; k++) {
    const inner = k % 2 === 1 ? 4 : 2;
    const weight = k === 0 || k === pieces ? 1 : inner;
    sum += weight * Math.exp(-0.5 * (k * width) ** 2);
  }
  const half = (sum * width) / 3 / Math.sqrt(2 * Math.PI);
  return x < 0 ? 0.5 - half : 0.5 + half;
}

/** Standard errors that independent numbers stay within but once in 150,000 times. */
const bound = 4.5;

/**
 * What about some numbers independent draws of a law would hardly ever show; empty when nothing.
 * They need to be some 100,000 at least.
 */
export function problemsOf(values: Float32Array, law: Law): string[] {
  const shares = Float64Array.from(values, law.cumulative);
  const scores = {
    ...momentScores(values, law),
    ...tailScores(shares),
    ...correlationScores(shares),
    ...pairScores(shares),
  };
  const problems = Object.entries(scores).flatMap(([name, score]) =>
    Math.abs(score) <= bound ? [] : [`${name}: ${score.toFixed(1)} standard errors`],
  );
  const distance = kolmogorovSmirnov(shares);
  // The distance's limit at a chance of 1e-5.
  return distance < 2.47 ? problems : [...problems, `distance: ${distance.toFixed(2)}`];
}

/** √n · sup |F_n − F|, from the shares F of the numbers. */
export function kolmogorovSmirnov(shares: Float64Array): number {
  const count = shares.length;
  let distance = 0;
  shares
    .slice()
    .sort()
    .forEach((share, k) => {
      distance = Math.max(distance, share - k / count, (k + 1) / count - share);
    });
  return distance * Math.sqrt(count);
}

/** Powers of the standardised numbers, whose means and standard errors are known or estimated. */
function momentScores(values: Float32Array, { mean, variance, skewness, excess }: Law) {
  const expected = [0, 1, skewness, excess + 3];
  return Object.fromEntries(
    expected.map((moment, k) => {
      let [sum, squares] = [0, 0];
      for (const value of values) {
        const power = ((value - mean) / Math.sqrt(variance)) ** (k + 1);
        sum += power;
        squares += power * power;
      }
      const average = sum / values.length;
      const error = Math.sqrt((squares / values.length - average ** 2) / values.length);
      return [`moment ${k + 1}`, (average - moment) / error];
    }),
  );
}

/** Counts in both tails, at most one number in 100 to one in 10,000. */
function tailScores(shares: Float64Array) {
  return Object.fromEntries(
    [1e-2, 1e-3, 1e-4].flatMap((tail) => {
      const expected = shares.length * tail;
      const score = (inside: (share: number) => boolean) =>
        (shares.filter(inside).length - expected) / Math.sqrt(expected);
      return [
        [`lower ${tail}`, score((share) => share < tail)],
        [`upper ${tail}`, score((share) => share > 1 - tail)],
      ];
    }),
  );
}

/** Distances between numbers that share a lane, a turn of the loop, or neither. */
const lags = [1, 2, 3, 4, 5, 7, 8, 12, 16, 4096];

/** Correlation of the numbers, and of their distances from the middle, with those before. */
function correlationScores(shares: Float64Array) {
  const signed = shares.map((share) => (share - 0.5) * Math.sqrt(12));
  const sizes = signed.map((value) => (Math.abs(value) - Math.sqrt(3) / 2) * 2);
  return Object.fromEntries(
    lags.flatMap((lag) => [
      [`correlation at ${lag}`, correlation(signed.subarray(lag), signed)],
      [`correlation of sizes at ${lag}`, correlation(sizes.subarray(lag), sizes)],
    ]),
  );
}

/** Correlation of numbers of mean 0 and variance 1, in standard errors. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum / Math.sqrt(a.length);
}

/** χ² of pairs over a grid of 32 × 32 cells. */
function pairScores(shares: Float64Array) {
  const cells = 32;
  return Object.fromEntries(
    lags.map((lag) => {
      const counts = new Float64Array(cells * cells);
      // Pairs without a number in common are independent.
      for (let k = 0; k + lag < shares.length; k += (k + 1) % lag === 0 ? lag + 1 : 1) {
        const [x, y] = [shares[k], shares[k + lag]] as [number, number];
        const cell = Math.floor(x * cells) * cells + Math.floor(y * cells);
        counts[cell] = (counts[cell] ?? 0) + 1;
      }
      return [`pairs at ${lag}`, chiSquare(counts)];
    }),
  );
}

/** Pearson's χ² of even counts, in standard errors over what is expected (Wilson and Hilferty). */
export function chiSquare(counts: Float64Array): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const square = counts.reduce((sum, count) => sum + (count - expected) ** 2, 0) / expected;
  const freedom = counts.length - 1;
  const scale = 2 / (9 * freedom);
  return (Math.cbrt(square / freedom) - (1 - scale)) / Math.sqrt(scale);
}
