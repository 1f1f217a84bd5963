import { either, object } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { oneOf, wholeNumber } from '../../options/values.js';

/** What of the rows stays with them. */
export interface PrivacyOptions {
  /**
   * Values of categories that fewer rows have are neither made nor saved, and numbers are bounded by
   * the value of this rank from either end. Default 5.
   */
  readonly rareLevels?: number | undefined;
}

/** What stays with the rows, or false where all that they hold may be made and saved. */
export type PrivacyOption = PrivacyOptions | false;

const defaultRareLevels = 5;

export const privacyOption = about(
  'values of few rows are neither made nor saved; false: all may be',
  either(
    [
      object<PrivacyOptions>({
        rareLevels: about(
          'rows that a value needs, at least (default: 5)',
          wholeNumber({ from: 1 }),
        ),
      }),
      oneOf([false]),
    ],
    'an object of options, or false',
  ),
);

/** Rows that a value needs to be made and saved. */
export function leastRowsOf(privacy: PrivacyOption | undefined): number {
  if (privacy === false) return 1;
  return privacy?.rareLevels ?? defaultRareLevels;
}
