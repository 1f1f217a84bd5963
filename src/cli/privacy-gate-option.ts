import { type PrivacyGateOptions, privacyGateShape } from '../augment/options/privacy.js';
import { flagOf } from './flag.js';

/** What `privacyGateOption` parses to. */
export interface PrivacyGateFlags {
  readonly privacyAttack?: number;
}

/** The option of what an attack may tell of the rows that a model was trained on. */
export const privacyGateOption = () =>
  flagOf('--privacy-attack <auc>', privacyGateShape.attack).helpGroup('Privacy:');

/** The library's option for what it parses to. */
export function privacyGateFrom({
  privacyAttack,
}: PrivacyGateFlags): PrivacyGateOptions | undefined {
  return privacyAttack === undefined ? undefined : { attack: privacyAttack };
}
