import type { RecordBatch } from 'apache-arrow';
import { either, object } from '../../options/composed.js';
import { about, hinted, type Option, type ShapeOf } from '../../options/option.js';
import { custom, number, oneOf, text } from '../../options/values.js';

/** Lets synthetic rows in only if a model that is trained with them gains by them. */
export interface GateOptions {
  /** The column to predict. Default: the option `target`. */
  readonly target?: string | undefined;
  /**
   * Real rows to test on: a share of those that would be trained on, or rows that nothing else has
   * seen. Default: of a table of at most 5,000 rows all of them, in their turn, by cross-validation;
   * else 0.2.
   */
  readonly holdout?: number | readonly RecordBatch[] | undefined;
  /**
   * When rows are mixed in: 'if it helps', where the whole 95 % interval of the gain is above 0, or
   * 'unless it hurts', also where that cannot be told. Default 'if it helps'.
   */
  readonly mix?: 'if it helps' | 'unless it hurts' | undefined;
  /**
   * Least gain in the measure, instead of `mix`: of classes the mean of the gains in macro-F1 and
   * average precision, of numbers R².
   */
  readonly atLeast?: number | undefined;
  /**
   * Seconds after which no further part of the rows is measured, and what there is decides: what it says
   * then depends on the speed of the machine. What has begun is ended, and one part is always measured.
   * Default: no limit.
   */
  readonly seconds?: number | undefined;
  /**
   * Where it is measured: on a thread of its own, so that the events of the calling one have their
   * turn, or on the 'caller'. The verdict is the same. Default: `fit.thread`, or 'worker'.
   */
  readonly thread?: 'worker' | 'caller' | undefined;
}

const rows = custom<readonly RecordBatch[]>(
  'record batches',
  (value) => Array.isArray(value) && value.length > 0,
);

/** The options of a gate. */
export const gateShape: ShapeOf<GateOptions> = {
  target: about('column that a downstream model predicts', text('the name of a column')),
  holdout: about(
    'share of the rows that is tested on, once (default: all of few rows, in their turn; else 0.2)',
    either([number({ above: 0, below: 1 }), rows], 'a share between 0 and 1, or record batches'),
  ),
  mix: about(
    "mix rows in only if they help, or unless they hurt (default: 'if it helps')",
    oneOf(['if it helps', 'unless it hurts']),
  ),
  atLeast: about('mix rows in only if they gain so much in predicting the target', number()),
  seconds: about('seconds after which what was measured so far decides', number({ above: 0 })),
  thread: about('where it is measured', oneOf(['worker', 'caller'])),
};

export const gateOption: Option<GateOptions> = hinted(
  "Give { target: 'label' }",
  object<GateOptions>(gateShape),
);
