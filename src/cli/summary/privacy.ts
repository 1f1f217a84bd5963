import type { PrivacySpent, PrivacyTarget } from '../../privacy/budget.js';

/** What a model promises of each row that it was trained on, in words. */
export function privacyInWords({ epsilon, delta }: PrivacyTarget): string {
  const shown = Number(epsilon.toPrecision(4));
  return `differential privacy (ε ${shown}, δ ${delta}) of each row that the model was trained on`;
}

/** What was spent, without what is nested. */
export function describeSpent({ histograms, pairs, updates, ...spent }: PrivacySpent) {
  return {
    ...spent,
    histograms: histograms.count,
    'their noise': histograms.deviation,
    ...(pairs ? { 'joint histograms': pairs.count, 'noise of these': pairs.deviation } : {}),
    updates: updates.count,
    'sample rate': updates.sampleRate,
    'noise multiplier': updates.noiseMultiplier,
  };
}
