// Bytes of a batch, about: where rows are big, batches have fewer of them.
const batchBytes = 128 * 2 ** 20;

/** Rows of a batch: `rows`, or fewer where those would be too many bytes; at least 1. */
export function batchLength(rows: number, rowBytes: number): number {
  return Math.max(Math.min(rows, Math.floor(batchBytes / rowBytes)), 1);
}
