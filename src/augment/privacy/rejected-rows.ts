/** What a filter has dropped. */
export interface RejectedRows {
  /** Rows that were looked at. */
  readonly seen: number;
  /** Rows that are equal to a training row in every column that is learned. */
  readonly copies: number;
  /** Rows that are nearer to a training row than is allowed. */
  readonly close: number;
}
