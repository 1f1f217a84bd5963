import type { MeasuredAttack } from '../gan/model/measured-attack.js';
import type { TrainingEvent } from '../gan/training/events.js';
import type { TrainingStep } from '../gan/training/progress.js';
import type { AgreedRows } from './agree/agreed-rows.js';
import type { DriftedColumn } from './drift/drifted-column.js';
import type { GateVerdict } from './gate/verdict.js';
import type { RatioOption } from './options/ratio.js';
import type { RejectedRows } from './privacy/rejected-rows.js';

/** A model was attacked by rows that were held out, as `privacy.attack` asks, and how well the best attack did. */
export interface ModelAttacked extends MeasuredAttack {
  readonly type: 'attacked';
}

/** Training starts, on so many rows: at first, or again because the data has drifted. */
export interface FitStarted {
  readonly type: 'fit-started';
  readonly cause: 'start' | 'drift';
  readonly rows: number;
}

/**
 * Which rows a model learns, where they are not all. Rows that are drawn evenly are told before the
 * training, those of a stream that comes once at its end.
 */
export interface RowsLearned {
  readonly type: 'rows-learned';
  readonly sample: 'even' | 'first' | 'reservoir';
  /** Rows that are learned. */
  readonly rows: number;
  /** Rows that there are; undefined where the stream is not read to its end. */
  readonly of?: number;
  /** At the end of a stream: columns in which the other rows are unlike, the worst first. */
  readonly drifted?: readonly DriftedColumn[];
}

/** One training step is done. */
export interface FitStep extends TrainingStep {
  readonly type: 'fit-step';
}

type AsFit<Event extends TrainingEvent> = Event extends unknown
  ? Omit<Event, 'type'> & { readonly type: `fit-${Event['type']}` }
  : never;

/**
 * What else happens in training, in the words of `TrainingEvent`: 'fit-device', 'fit-estimate', 'fit-resumed',
 * 'fit-score', 'fit-checkpoint', 'fit-collapse' and 'fit-rollback'.
 */
export type FitProgress = AsFit<Exclude<TrainingEvent, { readonly type: 'done' }>>;

/** Training is over, and why: it is done, has failed, or nobody wants its model any more. */
export interface FitStopped {
  readonly type: 'fit-stopped';
  readonly reason: 'done' | 'failed' | 'cancelled' | 'stream-ended';
  /** Where it is done: all steps are made, the time is up, or nothing has got better for long. */
  readonly because?: 'steps' | 'seconds' | 'patience';
  /** Steps that were made, and the one whose state is the model. */
  readonly step?: number;
  readonly kept?: number;
  /** Id of the model, if there is one. */
  readonly model?: string;
  readonly error?: unknown;
}

/** From here on synthetic rows of this model are mixed in; also where one takes another's place. */
export interface MixingStarted {
  readonly type: 'mixing-started';
  /** Id of the model. */
  readonly model: string;
  /** SHA-256 over the rows that it was trained on, if the model says. */
  readonly fingerprint?: string;
  /** Real rows that passed before, and do not count for the ratio of the first model. */
  readonly realRows: number;
}

/** An output batch. */
export interface BatchMixed {
  readonly type: 'batch-mixed';
  /** Rows of the batch. */
  readonly real: number;
  readonly synthetic: number;
  /** Rows so far, those of the batch among them. */
  readonly realRows: number;
  readonly syntheticRows: number;
}

/** The gate begins to make rows at this ratio, and at others, from a part of the real ones: this can take minutes. */
export interface GateStarted {
  readonly type: 'gate-started';
  readonly target: string;
  readonly ratio: RatioOption;
  /** The part of the rows that is left out for it, and how many parts there are. */
  readonly fold: number;
  readonly folds: number;
}

/** The gate has decided whether synthetic rows are mixed in, and why. */
export interface GateDecided extends GateVerdict {
  readonly type: 'gate';
  /** What the verdict cost, fits among it. */
  readonly seconds: number;
}

/** A model of the real rows was asked which synthetic rows it agrees with; so far. */
export interface RowsAgreed extends AgreedRows {
  readonly type: 'rows-agreed';
}

/** So many synthetic rows were dropped so far, as they were too close to training rows. */
export interface RowsRejected extends RejectedRows {
  readonly type: 'rows-rejected';
}

/** The last `rows` real rows are unlike the training rows. */
export interface Drift {
  readonly type: 'drift';
  /** Columns beyond the threshold, the worst first. */
  readonly columns: readonly DriftedColumn[];
  readonly rows: number;
  /** Real rows so far. */
  readonly realRows: number;
}

/** The model that was to follow another one cannot be used, and that stays: its training, gate or filter failed. */
export interface RefitFailed {
  readonly type: 'refit-failed';
  readonly error: unknown;
}

/** The stream is over: it is complete, has failed, or nobody wants more of it. */
export interface StreamEnded {
  readonly type: 'ended';
  readonly reason: 'completed' | 'failed' | 'cancelled';
  readonly realRows: number;
  readonly syntheticRows: number;
}

/** What happens while a stream is augmented, as it happens. */
export type AugmentEvent =
  | RowsLearned
  | FitStarted
  | FitStep
  | FitProgress
  | FitStopped
  | ModelAttacked
  | MixingStarted
  | GateStarted
  | GateDecided
  | BatchMixed
  | RowsRejected
  | RowsAgreed
  | Drift
  | RefitFailed
  | StreamEnded;
