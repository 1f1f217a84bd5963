/** A column that has drifted. */
export interface DriftedColumn {
  /** Name of the column. */
  readonly name: string;
  /** Population stability index against the training rows. */
  readonly index: number;
  /** Of numbers: the largest difference of the cumulated shares, at the training rows' tenths. */
  readonly gap?: number;
}
