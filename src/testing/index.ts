// Random schemas and batches, for properties (with the optional package fast-check).
export {
  type ArbitraryStream,
  arbitraryBatch,
  arbitraryBatches,
  arbitrarySchema,
  arbitraryStream,
  type BatchesSize,
  type BatchSize,
  type SchemaSize,
} from './arbitrary-batches.js';
export type { InstantRange } from './arbitrary-instants.js';
export { arrowTypes, parquetTypes } from './arbitrary-types.js';
export type { BatchesInput } from './batches-input.js';
// Checks of the guarantees.
export { type CheckOptions, checkAugmented } from './check-augmented.js';
export { checkSameRows } from './check-same-rows.js';
export { type BrokenAt, GuaranteeError } from './guarantee-error.js';
export type { Checked } from './mixed-rows.js';
// A model without training.
export { type StandInOptions, standInModel } from './stand-in-model.js';
