import type { RecordBatch } from 'apache-arrow';
import type { Seed } from '../random.js';

/** A maker of synthetic rows that has been fitted to real ones: what a GAN is compared with. */
export interface RowMaker {
  /** 'bootstrap', 'gaussian copula' or 'SMOTE-NC'. */
  readonly name: string;
  /** So many rows, with the real rows' own schema object. The same seed gives the same rows. */
  sample(rows: number, seed: Seed): RecordBatch;
}
