import type { DrawnBatch } from '../../makers/row-maker.js';
import type { Random } from '../../random.js';

/** What makes the learned columns of rows, by a network or without. */
export interface OpenRows {
  /** Numbers of an encoded row. */
  readonly width: number;
  /** Rows, and how many of them met the conditions by themselves; what they are depends on `random`. */
  make(rows: number, random: Random): Promise<DrawnBatch>;
  /** Frees native memory. */
  dispose(): Promise<void>;
}
