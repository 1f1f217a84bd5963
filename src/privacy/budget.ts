import { epsilonOf, findNoiseMultiplier, type GaussianReleases } from './accountant.js';
import { normalTail } from './log-space.js';

/** What is to be promised: (ε, δ)-differential privacy of rows that are added or removed. */
export interface PrivacyTarget {
  readonly epsilon: number;
  readonly delta: number;
}

/** What is released of the rows: counts before the training, and its steps. */
export interface PlannedReleases {
  /** Histograms, of each of which a row is in one cell at most. */
  readonly histograms: number;
  /** Histograms among them whose cells are found in the rows, as the levels of a text column. */
  readonly openHistograms: number;
  /** Share of ε that the histograms would take by themselves. */
  readonly share: number;
  /** Pairs of columns whose joint histograms are released together; 0 for none. */
  readonly pairs: number;
  /** Share of ε that these would take by themselves. */
  readonly pairShare: number;
  /** Updates of the critic by rows. */
  readonly updates: number;
  /** The probability of each row to have a part in one. */
  readonly sampleRate: number;
}

/** The noise of everything that is released, so that all of it stays within a target. */
export interface PrivacyBudget extends PrivacyTarget, PlannedReleases {
  /** Standard deviation of the noise of each count of a histogram. */
  readonly countDeviation: number;
  /** Standard deviation of the noise of each count of a joint histogram. */
  readonly pairDeviation: number;
  /** A cell that was found in the rows is released if its noisy count is above this. */
  readonly countThreshold: number;
  /** Standard deviation of the noise of an update over the norm that a row's gradient is clipped to. */
  readonly noiseMultiplier: number;
  /**
   * Logarithm of the probability at which an update may leave out rows of a sample that is larger than
   * there is room for.
   */
  readonly logOverflow: number;
}

/** Shares of δ for the cells that are found in the rows, and for samples that are too large. */
const thresholdShare = 0.1;
const overflowShare = 0.001;

/**
 * Divides a target among releases.
 *
 * All are Gaussian, and their Rényi divergences add up. What a Gaussian cannot cover has its own part
 * of δ: that a cell comes out which one row alone has (at most `thresholdShare` · δ, for one cell in each
 * open histogram), and that a sample is cut (`overflowShare` · δ for all updates, times 1 + e^ε as it can
 * happen with and without the row).
 */
export function planBudget(target: PrivacyTarget, planned: PlannedReleases): PrivacyBudget {
  const { epsilon, delta } = target;
  const { histograms, openHistograms, share, pairs, pairShare, updates, sampleRate } = planned;
  const deltaOfNoise = gaussianDelta(delta);
  const each = findNoiseMultiplier(share * epsilon, deltaOfNoise, {
    count: histograms,
    sampleRate: 1,
  });
  const ofPairs = pairNoise(pairShare * epsilon, deltaOfNoise, pairs);
  const before = releasesBefore(histograms, each, pairs, ofPairs);
  const noiseMultiplier = findNoiseMultiplier(
    epsilon,
    deltaOfNoise,
    { count: updates, sampleRate },
    before,
  );
  const z = openHistograms > 0 ? normalTail((thresholdShare * delta) / openHistograms) : 0;
  return {
    ...target,
    ...planned,
    countDeviation: each,
    pairDeviation: ofPairs,
    countThreshold: 1 + z * each,
    noiseMultiplier,
    logOverflow: Math.log((overflowShare * delta) / updates) - logOnePlusExp(epsilon),
  };
}

/** What was spent of a budget, and by what: as a model tells it. */
export interface PrivacySpent extends PrivacyTarget {
  /** Tables that differ by one row, added or removed, are told apart no better than ε and δ say. */
  readonly unit: 'row';
  /** How the parts were added up. */
  readonly accountant: "Rényi divergences of Gaussians, subsampled by Poisson's scheme";
  /** Histograms that encoders were fitted by, and the standard deviation of their counts' noise. */
  readonly histograms: { readonly count: number; readonly deviation: number };
  /** The same of joint histograms of pairs of columns; models without lack it. */
  readonly pairs?: { readonly count: number; readonly deviation: number };
  /** Updates by real rows: how many, of which share of the rows, and their noise over the clipped norm. */
  readonly updates: {
    readonly count: number;
    readonly sampleRate: number;
    readonly noiseMultiplier: number;
  };
}

/** What is spent after so many updates. */
export function spentAfter(budget: PrivacyBudget, updates: number): PrivacySpent {
  const { histograms, countDeviation, pairs, pairDeviation, delta } = budget;
  const { noiseMultiplier, sampleRate } = budget;
  const releases: GaussianReleases[] = [
    ...releasesBefore(histograms, countDeviation, pairs, pairDeviation),
    { count: updates, sampleRate, noiseMultiplier },
  ];
  return {
    epsilon: epsilonOf(releases, gaussianDelta(delta)),
    delta,
    unit: 'row',
    accountant: "Rényi divergences of Gaussians, subsampled by Poisson's scheme",
    histograms: { count: histograms, deviation: countDeviation },
    ...(pairs > 0 ? { pairs: { count: pairs, deviation: pairDeviation } } : {}),
    updates: { count: updates, sampleRate, noiseMultiplier },
  };
}

/** Noise of joint histograms that cost so much by themselves. */
function pairNoise(epsilon: number, delta: number, pairs: number): number {
  return pairs === 0 ? 0 : findNoiseMultiplier(epsilon, delta, { count: pairs, sampleRate: 1 });
}

/** What is released before the first update. */
function releasesBefore(
  histograms: number,
  deviation: number,
  pairs: number,
  pairDeviation: number,
): GaussianReleases[] {
  return [
    { count: histograms, sampleRate: 1, noiseMultiplier: deviation },
    { count: pairs, sampleRate: 1, noiseMultiplier: pairDeviation },
  ];
}

function gaussianDelta(delta: number): number {
  return delta * (1 - thresholdShare - overflowShare);
}

const logOnePlusExp = (x: number) =>
  x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
