import { FormatError, GanAugmentError } from '../../../errors.js';
import { reasonOf } from '../../reason.js';
import type { ParquetFooter } from '../format/footer.js';

/**
 * The result of `action`, whose errors, Errors or strings, become a {@link FormatError}; our own
 * errors stay as they are.
 *
 * @param name names the file, `what` the part of it that `action` decodes.
 */
export function guardDecoding<T>(
  name: string,
  what: string,
  footer: ParquetFooter,
  action: () => T,
): T {
  try {
    return action();
  } catch (cause) {
    throw explain(name, what, footer, cause);
  }
}

/** As {@link guardDecoding}, of a promise. */
export function guardDecodingAsync<T>(
  name: string,
  what: string,
  footer: ParquetFooter,
  action: () => Promise<T>,
): Promise<T> {
  return action().catch((cause) => {
    throw explain(name, what, footer, cause);
  });
}

function explain(name: string, what: string, footer: ParquetFooter, cause: unknown): unknown {
  if (GanAugmentError.isInstance(cause)) return cause;
  return new FormatError(
    `Parquet file cannot be decoded: ${name}, ${what} (${reasonOf(cause)}). ${remedy(footer)}`,
    { cause },
  );
}

function remedy({ metadata }: ParquetFooter): string {
  const encodings = metadata.row_groups.flatMap((group) =>
    group.columns.flatMap((column) => column.meta_data?.encodings ?? []),
  );
  return encodings.includes('DELTA_BINARY_PACKED')
    ? 'It packs integers as deltas (DELTA_BINARY_PACKED), and not all of those can be decoded: ' +
        'write it with the encodings of Parquet version 1.'
    : 'It is damaged, or uses a feature that the decoder does not know.';
}
