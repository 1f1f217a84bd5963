import type { PackedBatch } from '../../data/transfer/pack.js';
import type { NativeGate } from '../../threads/native-gate.js';
import type { PackedError } from '../../threads/pack-error.js';
import type { TrainingEvent } from '../training/events.js';
import type { TrainingStep } from '../training/progress.js';
import type { ResolvedFitOptions } from './options.js';

/** What a training thread is started with. */
export interface FitTask {
  readonly gate: NativeGate;
  /** The schema of the rows as an IPC message. */
  readonly schema: Uint8Array;
  /** Plain data. */
  readonly options: Omit<ResolvedFitOptions, 'signal' | 'onStep' | 'onEvent' | 'thread'>;
  /** Whether anybody wants to know of each step. */
  readonly reports: boolean;
}

/** What it is then sent: the rows, and that these are all. */
export type ToWorker =
  | { readonly type: 'batch'; readonly batch: PackedBatch }
  | { readonly type: 'end' };

/** What it answers; a model or a failure is the last word. */
export type FromWorker =
  | { readonly type: 'step'; readonly step: TrainingStep }
  | { readonly type: 'event'; readonly event: TrainingEvent }
  | { readonly type: 'model'; readonly model: PackedModel }
  | { readonly type: 'failed'; readonly error: PackedError }
  /** Native code is left for good: the thread can be ended. */
  | { readonly type: 'closed' };

/** A model as its files; the schema is known on the other side. */
export interface PackedModel {
  readonly id: string;
  readonly manifest: string;
  readonly generator: Uint8Array;
  readonly reverse?: Uint8Array | undefined;
}
