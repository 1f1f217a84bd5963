import { either, listOf, object, recordOf } from '../options/composed.js';
import { about, type Option, required, type ShapeOf } from '../options/option.js';
import { oneOf, text, wholeNumber } from '../options/values.js';

const scalings = ['standard', 'range', 'none'] as const;
const featureKinds = ['number', 'onehot', 'index', 'tensor'] as const;

/**
 * How numbers are scaled: 'standard' to a mean of 0 and a standard deviation of 1, 'range' to [0, 1] by
 * the least and the greatest, 'none' not at all.
 */
export type Scaling = (typeof scalings)[number];

/**
 * What a column becomes: 'number' a number; 'onehot' a place for each level, one of which holds a 1;
 * 'index' the number of a level, for an embedding; 'tensor' a tensor of its own shape.
 */
export type FeatureKind = (typeof featureKinds)[number];

/** How one column becomes numbers. */
export interface FeatureOptions {
  /**
   * What it becomes. Default: 'tensor' of tensor columns, 'onehot' of text and dictionaries, 'number' of
   * all else: numbers, booleans (0 and 1), dates and times (seconds).
   */
  readonly as?: FeatureKind | undefined;
  /**
   * How its numbers are scaled. Default: 'standard' of numbers, 'none' of booleans; of tensors of 8-bit
   * whole numbers 'range', by what the type holds, and of others 'standard', over all of their numbers.
   */
  readonly scale?: Scaling | undefined;
  /**
   * Levels that have a place of their own, the most frequent ones; others share the place of unseen
   * ones. Default: all, of which there may be 1,000 of 'onehot', and 100,000 of 'index'.
   */
  readonly levels?: number | undefined;
}

/** How the column that is to be predicted becomes numbers. */
export interface TargetOptions {
  /** Its name. */
  readonly column: string;
  /**
   * What it becomes. Default: 'onehot' of text, dictionaries and booleans, 'number' of floats, decimals,
   * dates and times; of integers it has to be said.
   */
  readonly as?: FeatureKind | undefined;
  /** How its numbers are scaled, as of features. */
  readonly scale?: Scaling | undefined;
}

/** What of a table becomes tensors. */
export interface TransformOptions {
  /**
   * The columns to predict from: their names, or by name what each becomes. Default: all but the target
   * and the mark.
   */
  readonly features?:
    | readonly string[]
    | Readonly<Record<string, FeatureKind | FeatureOptions>>
    | undefined;
  /** The column to predict, or what it becomes. Default: none. */
  readonly target?: string | TargetOptions | undefined;
  /** The boolean column that is true in synthetic rows, as `mark` of `ganAugment` added it. */
  readonly mark?: string | undefined;
}

const columnName = text('the name of a column');

const featureShape: ShapeOf<FeatureOptions> = {
  as: about('what the column becomes', oneOf(featureKinds)),
  scale: about('how its numbers are scaled', oneOf(scalings)),
  levels: about('levels that have a place of their own', wholeNumber({ from: 1 })),
};

const target: Option<TargetOptions> = object<TargetOptions>({
  column: required(columnName),
  as: featureShape.as,
  scale: featureShape.scale,
});

/** The options that say what of a table becomes tensors. */
export const transformShape: ShapeOf<TransformOptions> = {
  features: about(
    'the columns to predict from (default: all but the target)',
    either(
      [
        listOf(columnName, 'names of columns', { least: 1 }),
        recordOf(
          either([oneOf(featureKinds), object<FeatureOptions>(featureShape)]),
          'what columns become, by their names',
        ),
      ],
      'names of columns, or what columns become by their names',
    ),
  ),
  target: about(
    'the column to predict',
    either([columnName, target], 'the name of a column, or what it becomes'),
  ),
  mark: about('the boolean column that is true in synthetic rows', columnName),
};
