import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { writeParquetFile } from '../../src/data/parquet/write.js';
import { adultLike } from './adult-like.js';

/**
 * The path of a Parquet file of `rows` rows × 15 columns of mixed types (see {@link adultLike}):
 * zstd, row groups of 131,072 rows. Made if it is not there yet; always the same bytes.
 */
export async function mixedFile(directory: string, rows: number): Promise<string> {
  const path = join(directory, `mixed-${rows}.parquet`);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) await writeParquetFile(path, adultLike(rows));
  return path;
}
