/** What came of asking a model of the real rows which synthetic rows it agrees with. */
export interface AgreedRows {
  /** Rows that were asked about. */
  readonly seen: number;
  /** Of them, the rows of another class than the model would give them. */
  readonly disagreed: number;
  /** Classes of which none was agreed with for long: their rows come out as they were made. */
  readonly unfiltered: readonly string[];
}

/** The same while rows are made. */
export interface AgreedRowsSoFar extends AgreedRows {
  seen: number;
  disagreed: number;
  readonly unfiltered: string[];
}
