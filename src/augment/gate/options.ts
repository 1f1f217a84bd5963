import type { RecordBatch, Schema } from 'apache-arrow';
import { InvalidOptionError, SchemaError } from '../../errors.js';
import type { AugmentOptions } from '../options.js';

/** Lets synthetic rows in only if they do no harm to a model that is trained with them. */
export interface GateOptions {
  /** The column to predict. Default: the option `target`. */
  readonly target?: string | undefined;
  /**
   * Real rows to test on: a share of those that would be trained on, or rows that nothing else has
   * seen. Default 0.2.
   */
  readonly holdout?: number | readonly RecordBatch[] | undefined;
  /**
   * Least gain in the measure: average precision for two classes, macro-F1 for more, R² for numbers.
   * Default: it may be lower, unless the whole 95 % interval of the gain is below 0.
   */
  readonly atLeast?: number | undefined;
  /**
   * Where it is measured: on a thread of its own, so that the events of the calling one have their
   * turn, or on the 'caller'. The verdict is the same. Default: `fit.thread`, or 'worker'.
   */
  readonly thread?: 'worker' | 'caller' | undefined;
}

/** The column to predict. */
export function targetOf({ gate, target, fit }: AugmentOptions): string | undefined {
  return gate?.target ?? target ?? fit?.target;
}

/** @throws SchemaError when the column to predict is none of the schema. */
export function checkGateTarget(schema: Schema, options: AugmentOptions): void {
  const target = targetOf(options);
  if (schema.fields.some(({ name }) => name === target)) return;
  const names = schema.fields.map(({ name }) => name).join(', ');
  throw new SchemaError(`gate.target '${target}' does not exist: the columns are ${names}`);
}

/** @throws InvalidOptionError for a gate that cannot measure. */
export function checkGate(options: AugmentOptions): void {
  const { gate } = options;
  if (gate === undefined) return;
  if (typeof gate !== 'object' || gate === null) {
    throw new InvalidOptionError(
      `gate must be an object: ${String(gate)}. Give { target: 'label' }`,
    );
  }
  const { holdout, atLeast, thread } = gate;
  if (typeof targetOf(options) !== 'string') {
    throw new InvalidOptionError(
      'gate.target must be the name of the column to predict: it is missing. Give gate.target, or target',
    );
  }
  const isShare = typeof holdout === 'number' && holdout > 0 && holdout < 1;
  if (holdout !== undefined && !isShare && !(Array.isArray(holdout) && holdout.length > 0)) {
    throw new InvalidOptionError(
      `gate.holdout must be a share between 0 and 1, or record batches: ${String(holdout)}`,
    );
  }
  if (atLeast !== undefined && !Number.isFinite(atLeast)) {
    throw new InvalidOptionError(`gate.atLeast must be a number: ${String(atLeast)}`);
  }
  if (thread !== undefined && thread !== 'worker' && thread !== 'caller') {
    throw new InvalidOptionError(`gate.thread must be 'worker' or 'caller': ${String(thread)}`);
  }
}

/** Share of the rows that is not trained on, to judge a model by. */
export function holdoutShare({ gate, rejectCloserThan }: AugmentOptions): number {
  const { holdout = 0.2 } = gate ?? {};
  if (gate && typeof holdout === 'number') return holdout;
  return rejectCloserThan ? 0.1 : 0;
}
