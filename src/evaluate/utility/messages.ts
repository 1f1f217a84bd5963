import type { PackedBatch } from '../../data/transfer/pack.js';
import type { LiftOptions } from './measure-lift.js';

/** What a measuring thread is started with. */
export interface LiftTask {
  readonly real: PackedTable;
  readonly synthetic: PackedTable;
  readonly holdout: PackedTable;
  /** Plain data. */
  readonly options: Omit<LiftOptions, 'real' | 'synthetic' | 'holdout' | 'signal'>;
}

/** Batches of one schema, in order. */
export interface PackedTable {
  /** The schema as an IPC message. */
  readonly schema: Uint8Array;
  readonly batches: readonly PackedBatch[];
}
