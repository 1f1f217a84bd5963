import {
  type BatchLiftOptions,
  measureLiftInWorker,
} from '../evaluate/utility/measure-in-worker.js';
import { type Lift, measureLift } from '../evaluate/utility/measure-lift.js';
import { openChunks } from '../gan/sampling/chunks.js';
import { fitHeld } from './fit-stream.js';

/** What the operator has done for it: tests put others in their place. */
export interface AugmentDependencies {
  /** Trains a model on held rows. */
  readonly fit: typeof fitHeld;
  /** Opens a model's synthetic rows. */
  readonly openChunks: typeof openChunks;
  /** Measures what synthetic rows are good for. */
  readonly measureLift: (options: BatchLiftOptions, thread: 'worker' | 'caller') => Promise<Lift>;
}

export const defaultDependencies: AugmentDependencies = {
  fit: fitHeld,
  openChunks,
  measureLift: (options, thread) =>
    thread === 'worker' ? measureLiftInWorker(options) : measureLift(options),
};
