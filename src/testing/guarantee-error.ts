import { GanAugmentError } from '../errors.js';

/** Where a guarantee does not hold. */
export interface BrokenAt {
  /** The row of the output, from 0 over all of its batches; undefined where no one row is to blame. */
  readonly row?: number | undefined;
  /** The name of the column; undefined where no one column is to blame. */
  readonly column?: string | undefined;
}

/** An augmented stream is not what it is guaranteed to be. */
export class GuaranteeError extends GanAugmentError {
  override readonly code = 'GUARANTEE';
  /** The row of the output, from 0 over all of its batches; undefined where no one row is to blame. */
  readonly row: number | undefined;
  /** The name of the column; undefined where no one column is to blame. */
  readonly column: string | undefined;

  constructor(problem: string, { row, column }: BrokenAt = {}) {
    const place = [
      row === undefined ? [] : [`row ${row}`],
      column === undefined ? [] : [`column '${column}'`],
    ].flat();
    super(place.length > 0 ? `${place.join(', ')}: ${problem}` : problem);
    this.row = row;
    this.column = column;
  }
}
