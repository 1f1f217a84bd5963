import { measureLift } from '../evaluate/utility/measure-lift.js';
import { openChunks } from '../gan/chunks.js';
import { fitHeld } from './fit-stream.js';

/** What the operator has done for it: tests put others in their place. */
export interface AugmentTools {
  /** Trains a model on held rows. */
  readonly fit: typeof fitHeld;
  /** Opens a model's synthetic rows. */
  readonly openChunks: typeof openChunks;
  /** Measures what synthetic rows are good for. */
  readonly measureLift: typeof measureLift;
}

export const ownTools: AugmentTools = { fit: fitHeld, openChunks, measureLift };
