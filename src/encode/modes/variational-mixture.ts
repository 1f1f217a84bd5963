import type { SampleGroups } from './sample-groups.js';
import { digamma, logGamma } from './special-functions.js';

const concentration = 0.001;

/** Prior of each Gaussian: a mean near 0, worth a millionth of a value; a precision, worth one. */
const meanWeight = 1e-6;
const shape = 0.5;

/** What the sample says of each component: how many values, their mean and squared distances. */
export interface Statistics {
  readonly count: Float64Array;
  readonly mean: Float64Array;
  readonly scatter: Float64Array;
}

/** The posterior of one component, as far as the responsibilities need it. */
interface Part {
  readonly center: number;
  readonly halfPrecision: number;
  readonly constant: number;
}

/**
 * Variational inference of a Dirichlet process mixture of Gaussians in one dimension, from a start
 * (Blei and Jordan 2006; Normal-Gamma components as in Bishop 2006, section 10.2).
 *
 * `scale` is the deviation that the prior expects. The bound is the evidence lower bound in nats,
 * comparable between starts of different sizes.
 */
export function inferMixture(
  sample: SampleGroups,
  start: Statistics,
  scale: number,
  maximumIterations: number,
): { statistics: Statistics; bound: number } {
  let statistics = start;
  let bound = Number.NEGATIVE_INFINITY;
  for (let iteration = 0; iteration < maximumIterations; iteration++) {
    const step = improve(sample, statistics, scale);
    const gain = step.bound - bound;
    ({ statistics, bound } = step);
    if (gain < 0.01) break;
  }
  return { statistics, bound };
}

/** Expected mean and deviation of component `k`. */
export function expectedGaussian(statistics: Statistics, scale: number, k: number) {
  const { center, a, b } = posterior(statistics, scale, k);
  return { mean: center, deviation: Math.sqrt(b / a) };
}

function improve(sample: SampleGroups, statistics: Statistics, scale: number) {
  const size = statistics.count.length;
  const stick = expectedLogWeights(statistics.count);
  let bound = -stick.divergence;
  const parts = Array.from({ length: size }, (_, k): Part => {
    const q = posterior(statistics, scale, k);
    bound -= divergence(q, scale);
    const logPrecision = digamma(q.a) - Math.log(q.b);
    const constant = (stick.logWeight[k] as number) + (logPrecision - 1 / q.meanPrecision) / 2;
    return { center: q.center, halfPrecision: q.a / q.b / 2, constant };
  });
  const next = {
    count: new Float64Array(size),
    mean: new Float64Array(size),
    scatter: new Float64Array(size),
  };
  bound += gather(sample, parts, next);
  return { statistics: next, bound };
}

/** One pass: responsibilities of each point, summed into `next`. Gives the sum of log evidence. */
function gather(sample: SampleGroups, parts: readonly Part[], next: Statistics): number {
  const size = parts.length;
  const share = new Float64Array(size);
  const { count, mean, scatter } = next;
  let evidence = 0;
  for (let point = 0; point < sample.mean.length; point++) {
    const at = sample.mean[point] as number;
    const variance = sample.variance[point] as number;
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < size; k++) {
      const { center, halfPrecision, constant } = parts[k] as Part;
      const logShare = constant - halfPrecision * ((at - center) * (at - center) + variance);
      share[k] = logShare;
      if (logShare > highest) highest = logShare;
    }
    let total = 0;
    for (let k = 0; k < size; k++) total += share[k] = Math.exp((share[k] as number) - highest);
    const values = sample.weight[point] as number;
    evidence += values * (highest + Math.log(total));
    for (let k = 0; k < size; k++) {
      const weight = ((share[k] as number) / total) * values;
      // Distances from the old center: a narrow component far from 0 keeps its digits.
      const distance = at - (parts[k] as Part).center;
      count[k] = (count[k] as number) + weight;
      mean[k] = (mean[k] as number) + weight * distance;
      scatter[k] = (scatter[k] as number) + weight * (distance * distance + variance);
    }
  }
  for (let k = 0; k < size; k++) {
    const moved = (mean[k] as number) / Math.max(count[k] as number, 1e-300);
    scatter[k] = Math.max((scatter[k] as number) - (count[k] as number) * moved * moved, 0);
    mean[k] = (parts[k] as Part).center + moved;
  }
  return evidence;
}

function posterior({ count, mean, scatter }: Statistics, scale: number, k: number) {
  const n = count[k] as number;
  const at = mean[k] as number;
  const meanPrecision = meanWeight + n;
  const pull = ((meanWeight * n) / meanPrecision) * at * at;
  return {
    center: (at * n) / meanPrecision,
    meanPrecision,
    a: shape + n / 2,
    b: shape * scale * scale + ((scatter[k] as number) + pull) / 2,
  };
}

/** Kullback-Leibler divergence of a Normal-Gamma posterior from its prior. */
function divergence(q: ReturnType<typeof posterior>, scale: number): number {
  const rate = shape * scale * scale;
  const ratio = meanWeight / q.meanPrecision;
  const ofMean = (ratio - 1 - Math.log(ratio) + (meanWeight * q.a * q.center ** 2) / q.b) / 2;
  const ofShape = (q.a - shape) * digamma(q.a) - logGamma(q.a) + logGamma(shape);
  return ofMean + ofShape + shape * Math.log(q.b / rate) + (q.a * (rate - q.b)) / q.b;
}

/** E[log weight] of a stick broken in order of size, the order in which the bound is tightest. */
function expectedLogWeights(count: Float64Array) {
  const order = Array.from(count.keys()).sort(
    (i, j) => (count[j] as number) - (count[i] as number),
  );
  const logWeight = new Float64Array(count.length);
  let rest = count.reduce((sum, each) => sum + each, 0);
  let logStick = 0;
  let divergence = 0;
  for (const k of order) {
    const own = count[k] as number;
    rest = Math.max(rest - own, 0);
    const [a, b] = [1 + own, concentration + rest];
    const [whole, left, right] = [digamma(a + b), digamma(a), digamma(b)];
    logWeight[k] = left - whole + logStick;
    logStick += right - whole;
    // Beta(a, b) from the prior Beta(1, concentration).
    divergence +=
      logGamma(a + b) -
      logGamma(a) -
      logGamma(b) -
      Math.log(concentration) +
      own * left +
      rest * right -
      (own + rest) * whole;
  }
  return { logWeight, divergence };
}
