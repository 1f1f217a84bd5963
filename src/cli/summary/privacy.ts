import type { PrivacyTarget } from '../../privacy/budget.js';

/** What a model promises of each row that it was trained on, in words. */
export function privacyInWords({ epsilon, delta }: PrivacyTarget): string {
  return `(ε ${Number(epsilon.toPrecision(4))}, δ ${delta}) of each row that the model was trained on`;
}
