import { openChunks } from '../gan/chunks.js';
import { fitHeld } from './fit-stream.js';

/** What the operator has done for it: tests put others in their place. */
export interface AugmentTools {
  /** Trains a model on held rows. */
  readonly fit: typeof fitHeld;
  /** Opens a model's synthetic rows. */
  readonly openChunks: typeof openChunks;
}

export const ownTools: AugmentTools = { fit: fitHeld, openChunks };
