import { object } from '../../options/composed.js';
import { about, type ShapeOf } from '../../options/option.js';
import { number } from '../../options/values.js';

/** What a model may tell of the rows that it was trained on. */
export interface PrivacyGateOptions {
  /**
   * Highest AUC by which a membership attack may tell rows that a model was trained on from rows that
   * were held out: 0.5 is guessing, 0.6 little more, 1 knowing. A model that tells more is refused before
   * a row of it is made. A model that is trained here holds a fifth of the rows out for it; a saved one
   * says what was measured, or is refused too. Default: nothing is measured.
   */
  readonly attack?: number | undefined;
}

export const privacyGateShape: ShapeOf<PrivacyGateOptions> = {
  attack: about(
    'refuse models of which a membership attack has a higher AUC (0.5 is guessing)',
    number({ above: 0.5, to: 1 }),
  ),
};

export const privacyGateOption = about(
  'what a model may tell of the rows that it was trained on',
  object<PrivacyGateOptions>(privacyGateShape),
);
