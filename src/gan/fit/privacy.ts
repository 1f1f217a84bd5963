import type { ColumnOptions } from '../../encode/infer.js';
import { InvalidOptionError } from '../../errors.js';
import { either, object } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { custom, number, oneOf, wholeNumber } from '../../options/values.js';
import type { PrivacyTarget } from '../../privacy/budget.js';

/** What of the rows stays with them. */
export interface PrivacyOptions {
  /**
   * Values of categories that fewer rows have are neither made nor saved, and numbers are bounded by
   * the value of this rank from either end. Default 5.
   */
  readonly rareLevels?: number | undefined;
  /**
   * Promises (ε, δ)-differential privacy of each row, with `delta`: whether a row was among the training
   * rows or not changes the odds of any model by a factor of e^ε at most, but for a probability of δ.
   * Rows are then learned by the recipe 'dp-tabular'. 1 is a strong promise, 10 a weak one. Default: no
   * promise.
   */
  readonly epsilon?: number | undefined;
  /** The δ of the promise: well below one over the number of rows. */
  readonly delta?: number | undefined;
  /**
   * What noise is drawn by where a training is to be made again to the same bits, or resumed: a random
   * text of at least 32 characters that nobody else knows. Who knows it can take the noise away. Default:
   * a fresh one, which is kept nowhere.
   */
  readonly secret?: string | undefined;
}

/** What stays with the rows, or false where all that they hold may be made and saved. */
export type PrivacyOption = PrivacyOptions | false;

const defaultRareLevels = 5;
const secretLength = 32;

/** The options of `fit.privacy`. */
export const privacyOptions = object<PrivacyOptions>({
  rareLevels: about('rows that a value needs, at least (default: 5)', wholeNumber({ from: 1 })),
  epsilon: about(
    'promise differential privacy of each row with this epsilon; needs delta',
    number({ above: 0 }),
  ),
  delta: about('the delta of the promise', number({ above: 0, below: 1 })),
  secret: about(
    'what the noise is drawn by, to make or resume a training to the same bits',
    custom<string>(
      `a random text of at least ${secretLength} characters`,
      (value) => typeof value === 'string' && value.length >= secretLength,
      { type: 'string', minLength: secretLength },
    ),
  ),
});

export const privacyOption = about(
  'values of few rows are neither made nor saved; false: all may be',
  either([privacyOptions, oneOf([false])], 'an object of options, or false'),
);

/** Rows that a value needs to be made and saved. */
export function leastRowsOf(privacy: PrivacyOption | undefined): number {
  if (privacy === false) return 1;
  return privacy?.rareLevels ?? defaultRareLevels;
}

/** What is to be promised; undefined where nothing is. */
export function privacyTarget(privacy: PrivacyOption | undefined): PrivacyTarget | undefined {
  if (!privacy || privacy.epsilon === undefined || privacy.delta === undefined) return undefined;
  return { epsilon: privacy.epsilon, delta: privacy.delta };
}

/** Options that look at rows in ways that a promise does not pay for, and why. */
const unpaid = {
  keep: 'which state is best is seen by rows',
  patience: 'whether training gets better is seen by rows',
  rules: 'rules are found in the rows, or held against them',
  translate: 'translated rows are real ones, but for a tensor',
} as const;

/** Options that a promise of privacy has to do with. */
interface RelatedOptions extends Readonly<Partial<Record<keyof typeof unpaid, unknown>>> {
  readonly privacy?: PrivacyOption | undefined;
  readonly columns?: Readonly<Record<string, ColumnOptions>> | undefined;
  readonly checkpoint?: unknown;
}

/**
 * Refuses options that exclude a promise of privacy or need one.
 *
 * @throws InvalidOptionError
 */
export function checkPrivacy(options: RelatedOptions): void {
  const { privacy, columns = {} } = options;
  const { epsilon, delta, rareLevels, secret } = privacy || {};
  if ((epsilon === undefined) !== (delta === undefined)) {
    const [given, missing] = epsilon === undefined ? ['delta', 'epsilon'] : ['epsilon', 'delta'];
    throw new InvalidOptionError(
      `fit.privacy.${given} needs fit.privacy.${missing}. Give both, or neither`,
    );
  }
  if (epsilon === undefined) {
    if (secret !== undefined) {
      throw new InvalidOptionError('fit.privacy.secret is for fit.privacy.epsilon. Leave it out');
    }
    refusePublic(columns);
    return;
  }
  if (rareLevels !== undefined) {
    throw new InvalidOptionError(
      'fit.privacy.rareLevels and fit.privacy.epsilon exclude each other: which values come out follows ' +
        'from epsilon and delta. Leave rareLevels out',
    );
  }
  for (const [name, why] of Object.entries(unpaid)) {
    const value = options[name as keyof typeof unpaid];
    if (value === undefined || value === false || value === 'last') continue;
    throw new InvalidOptionError(
      `'fit.${name}' and 'fit.privacy.epsilon' exclude each other: ${why}. Leave one of them out`,
    );
  }
  if (options.checkpoint !== undefined && secret === undefined) {
    throw new InvalidOptionError(
      'fit.checkpoint needs fit.privacy.secret where privacy is promised: two trainings from one checkpoint ' +
        'with other noise would spend twice. Give a secret, or leave the checkpoint out',
    );
  }
}

/** Refuses what is said of columns for a promise alone. */
function refusePublic(columns: Readonly<Record<string, ColumnOptions>>): void {
  for (const [name, { range, levels }] of Object.entries(columns)) {
    if (range === undefined && levels === undefined) continue;
    throw new InvalidOptionError(
      `columns.${name}.${range ? 'range' : 'levels'} is for fit.privacy.epsilon: else it is taken from the ` +
        'rows. Leave it out',
    );
  }
}
