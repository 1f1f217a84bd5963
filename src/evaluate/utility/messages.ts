import type { PackedBatch } from '../../data/transfer/pack.js';
import type { ArmFold, ArmOptions } from './arm.js';

/** What a measuring thread is started with. */
export interface ArmTask {
  readonly real: PackedTable;
  readonly folds: readonly (Omit<ArmFold, 'synthetic'> & {
    readonly synthetic: Readonly<Record<string, PackedTable>>;
  })[];
  /** Plain data. */
  readonly options: Omit<ArmOptions, 'real' | 'folds' | 'signal'>;
}

/** Batches of one schema, in order. */
export interface PackedTable {
  /** The schema as an IPC message. */
  readonly schema: Uint8Array;
  readonly batches: readonly PackedBatch[];
}
