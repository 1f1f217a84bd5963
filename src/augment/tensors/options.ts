import { InvalidOptionError } from '../../errors.js';
import { type TransformOptions, transformShape } from '../../features/options.js';
import type { RowTransform, TensorTransform } from '../../features/transform.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { about, required } from '../../options/option.js';
import { abortSignal, callback, custom, oneOf, seed, wholeNumber } from '../../options/values.js';
import type { Seed } from '../../random.js';
import type { TensorSummary } from './summary.js';

/** How rows become batches of tensors: by a transform that is there, or one fitted on the first rows. */
export interface TensorOptions extends TransformOptions {
  /** Rows of a batch. */
  readonly batch: number;
  /**
   * A fitted transform, in the place of `features` and `target`. Default: one is fitted on the first
   * `fitRows` real rows of the stream, which are held until then.
   */
  readonly transform?: TensorTransform | undefined;
  /** Real rows to fit a transform on, at most. Default 50,000. */
  readonly fitRows?: number | undefined;
  /**
   * Rows that are held to be put out in random order: each makes room for the next one. Default 0: rows
   * stay in their order. With as many as there are, all orders are equally likely.
   */
  readonly shuffle?: number | undefined;
  /** Of the shuffle: same seed, same rows, same order, whatever their batches. Default 0. */
  readonly seed?: Seed | undefined;
  /** What becomes of last rows that are too few for a batch. Default 'keep': a smaller batch. */
  readonly rest?: 'keep' | 'drop' | undefined;
  /**
   * Rows whose target is null, or of a class that fitted rows lack: an error, or they are left out, and
   * counted. Default 'refuse'.
   */
  readonly unknownTargets?: 'refuse' | 'drop' | undefined;
  /**
   * Synthetic rows are taken as others are, or refused: for rows that models are judged by. Default
   * 'keep'.
   */
  readonly synthetic?: 'keep' | 'refuse' | undefined;
  /** Told at the end what the rows were: how many of them synthetic, and made by what. */
  readonly onEnd?: ((summary: TensorSummary) => void) | undefined;
  /** Stops the work; it ends with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of `toTensors`. */
export const tensorOptions = object<TensorOptions>({
  ...transformShape,
  batch: about('rows of a batch', required(wholeNumber({ from: 1 }))),
  transform: custom(
    'a transform that fitTensorTransform or tensorTransformFromJSON gave',
    isFitted,
  ),
  fitRows: about('real rows to fit a transform on', wholeNumber({ from: 1 })),
  shuffle: about('rows that are held to be put out in random order', wholeNumber({ from: 0 })),
  seed: about('of the shuffle', seed()),
  rest: about('what becomes of last rows that are too few', oneOf(['keep', 'drop'])),
  unknownTargets: about('rows whose target is null or unseen', oneOf(['refuse', 'drop'])),
  synthetic: about('what becomes of synthetic rows', oneOf(['keep', 'refuse'])),
  onEnd: callback<(summary: TensorSummary) => void>(),
  signal: abortSignal(),
});

function isFitted(value: unknown): boolean {
  const { open, lanes } = (value ?? {}) as Partial<RowTransform>;
  return typeof open === 'function' && Array.isArray(lanes);
}

/** Options of fitting, which a fitted transform has no use for. */
const ofFitting = ['features', 'target', 'fitRows'] as const;

/**
 * Refuses options that cannot be used, or exclude each other.
 *
 * @throws InvalidOptionError
 */
export function checkTensorOptions(options: TensorOptions): void {
  checkOptions(tensorOptions, options);
  const other = ofFitting.find((name) => options[name] !== undefined);
  if (options.transform === undefined || other === undefined) return;
  throw new InvalidOptionError(
    `'transform' and '${other}' exclude each other: a transform is fitted. Leave one of them out`,
  );
}
