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
  /** Updates of the critic by rows. */
  readonly updates: number;
  /** The probability of each row to have a part in one. */
  readonly sampleRate: number;
}

/** The noise of everything that is released, so that all of it stays within a target. */
export interface PrivacyBudget extends PrivacyTarget, PlannedReleases {
  /** Standard deviation of the noise of each count of a histogram. */
  readonly countDeviation: number;
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
  const { histograms, openHistograms, share, updates, sampleRate } = planned;
  const deltaOfNoise = gaussianDelta(delta);
  const each = findNoiseMultiplier(share * epsilon, deltaOfNoise, {
    count: histograms,
    sampleRate: 1,
  });
  const counts = { count: histograms, sampleRate: 1, noiseMultiplier: each };
  const noiseMultiplier = findNoiseMultiplier(
    epsilon,
    deltaOfNoise,
    { count: updates, sampleRate },
    [counts],
  );
  const z = openHistograms > 0 ? normalTail((thresholdShare * delta) / openHistograms) : 0;
  return {
    ...target,
    ...planned,
    countDeviation: each,
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
  /** Updates by real rows: how many, of which share of the rows, and their noise over the clipped norm. */
  readonly updates: {
    readonly count: number;
    readonly sampleRate: number;
    readonly noiseMultiplier: number;
  };
}

/** What is spent after so many updates. */
export function spentAfter(budget: PrivacyBudget, updates: number): PrivacySpent {
  const { histograms, countDeviation, noiseMultiplier, sampleRate, delta } = budget;
  const releases: GaussianReleases[] = [
    { count: histograms, sampleRate: 1, noiseMultiplier: countDeviation },
    { count: updates, sampleRate, noiseMultiplier },
  ];
  return {
    epsilon: epsilonOf(releases, gaussianDelta(delta)),
    delta,
    unit: 'row',
    accountant: "Rényi divergences of Gaussians, subsampled by Poisson's scheme",
    histograms: { count: histograms, deviation: countDeviation },
    updates: { count: updates, sampleRate, noiseMultiplier },
  };
}

function gaussianDelta(delta: number): number {
  return delta * (1 - thresholdShare - overflowShare);
}

const logOnePlusExp = (x: number) =>
  x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
