import type { RowReader } from './row-reader.js';
import type { CheckSynthetic } from './synthetic-rows.js';

/** What was found to hold. */
export interface Checked {
  /** Real rows that came out. */
  readonly realRows: number;
  /** Synthetic rows among them, or in the place of others. */
  readonly syntheticRows: number;
}

/** The rows of a stream before and after it was augmented. */
export interface MixedRows {
  /** Names of the columns of the real rows. */
  readonly names: readonly string[];
  readonly real: RowReader;
  readonly out: RowReader;
  /** Whether each row of the output is marked as synthetic; undefined without a mark. */
  readonly marked: readonly boolean[] | undefined;
  readonly checkSynthetic: CheckSynthetic;
}
