import { PrivacyError } from '../../../errors.js';
import type { Model } from '../../../gan/model/model.js';
import { attackInWords } from './words.js';

/**
 * Raises for a model that tells more of the rows that it was trained on than `most` allows, or does not
 * say how much.
 *
 * @param most Highest AUC of a membership attack; undefined where nothing is asked.
 * @throws PrivacyError
 */
export function assertPrivate({ manifest }: Model, most: number | undefined): void {
  if (most === undefined) return;
  const { attack, recipe } = manifest;
  if (attack === undefined) {
    throw new PrivacyError(
      `the model of recipe '${recipe.name}' does not say how well an attack tells its training rows, ` +
        `and privacy.attack allows ${most}. Train it with privacy: { attack: ${most} }, which measures it ` +
        '(--privacy-attack), or leave privacy.attack out',
    );
  }
  if (attack.auc <= most) return;
  throw new PrivacyError(
    `${attackInWords(attack)}, and privacy.attack allows ${most}. Train on more rows, for fewer steps or by ` +
      "another recipe ('copula' tells least), or allow more",
  );
}
