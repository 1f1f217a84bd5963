import type { Rows } from '../../columns/column.js';
import type { Seed } from '../../random.js';

/** What is predicted: classes 0, 1, …, `classes` − 1, or a number. */
export type Task =
  | { readonly kind: 'classification'; readonly classes: number }
  | { readonly kind: 'regression' };

/** Rows to learn from; the target is a code or a number for each. */
export interface Examples {
  readonly features: Rows;
  readonly target: Float64Array;
  /** How much each row counts. Default: 1. */
  readonly weights?: Float64Array | undefined;
}

/**
 * A trained model: for classification row-major probabilities, rows × classes; for regression one
 * number a row. Features have the columns that it was trained on.
 */
export type Predictor = (features: Rows) => Float64Array;

/** Trains a model. What it predicts depends on its arguments alone. */
export type Trainer = (
  examples: Examples,
  task: Task,
  seed: Seed,
  signal?: AbortSignal,
) => Predictor | Promise<(features: Rows) => Promise<Float64Array>>;
