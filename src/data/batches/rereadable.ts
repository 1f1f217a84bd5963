import type { RecordBatch } from 'apache-arrow';
import { selectColumns } from '../schema/select-columns.js';
import { cutSelected, type RowSelection } from './row-selection.js';

/** What of a source is to be read once more. */
export interface RereadRequest {
  /** Columns to read. Default: all that the source gives. */
  readonly columns?: readonly string[] | undefined;
  /** Rows to read. Default: all. */
  readonly rows?: RowSelection | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How the rows of a source can be read once more: they are the same each time. */
export interface Rereadable {
  /** Number of rows, where that is known without reading them. */
  count(signal?: AbortSignal): Promise<number | undefined>;
  /** The wanted rows, in their order. */
  read(request?: RereadRequest): AsyncIterable<RecordBatch>;
}

const key = Symbol.for('gan-augment.rereadable');

/** How a source of batches can be read once more; undefined for a stream that comes once. */
export function rereadableOf(source: object): Rereadable | undefined {
  return (source as { readonly [key]?: Rereadable })[key];
}

/** Says how a source can be read once more, if it can. */
export function withRereading<Source extends object>(
  source: Source,
  again: Rereadable | undefined,
): Source {
  return again ? Object.assign(source, { [key]: again }) : source;
}

/**
 * Reads a source once more from front to back, and keeps what is wanted.
 *
 * @param name Names the source in messages; asked only when it is read, as it may be no source.
 * @param count Number of rows, where it is known.
 */
export function rereadWhole(
  open: (signal: AbortSignal | undefined) => AsyncIterable<RecordBatch>,
  name: () => string | undefined = () => undefined,
  count?: () => number,
): Rereadable {
  return {
    count: async () => count?.(),
    async *read({ columns, rows, signal } = {}) {
      const all = open(signal);
      const kept = columns ? selectColumns(all, columns, name() ?? 'the source') : all;
      yield* rows ? cutSelected(kept, rows) : kept;
    },
  };
}
