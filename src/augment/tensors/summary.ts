import type { Provenance } from '../provenance/provenance.js';

/** What rows a model was trained on: plain JSON, to be kept with the model. */
export interface TensorSummary {
  /** Rows that came out. */
  readonly rows: number;
  /** Synthetic ones among them; null where `mark` does not say which these are. */
  readonly syntheticRows: number | null;
  /** Their share of all rows; null where it is not known. */
  readonly syntheticShare: number | null;
  /** Rows that were left out, as their target is null or of an unknown class. */
  readonly droppedRows: number;
  /** The augmentations that the rows went through: model, recipe, ratio, seed. */
  readonly augmentations: readonly Provenance[];
  /** The id of the transform. */
  readonly transform: string;
}
