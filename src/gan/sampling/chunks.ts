import type { RecordBatch } from 'apache-arrow';
import type { ConditionReport } from '../conditions/options.js';

/** A model's synthetic rows, one batch after the other. */
export interface Chunks {
  next(): Promise<RecordBatch>;
  /** How well the rows so far met their conditions by themselves, where they have any. */
  report?(): ConditionReport;
  dispose(): Promise<void>;
}
