import type { Schema } from 'apache-arrow';
import { FormatError } from '../../../errors.js';
import type { RangeReader } from '../../files/range-reader.js';
import { decodeParquetSchema } from '../engine/engine.js';
import { guardDecoding, guardDecodingAsync } from '../engine/guard.js';
import { arrowSchemaOf } from '../types/hints.js';
import { secondSchema } from '../types/seconds.js';
import { type ParquetFooter, readFooter } from './footer.js';
import { type Projection, projectFooter } from './projection.js';
import { readRowGroupFile } from './row-group.js';

/** What the footer says: which bytes are read, and as what. */
export interface Layout {
  readonly footer: ParquetFooter;
  readonly projection: Projection;
  /** What the engine decodes, and what it is to become: they differ where there are seconds. */
  readonly decoded: Schema;
  readonly schema: Schema;
}

/**
 * Reads the footer, and the schema of the wanted columns.
 *
 * @param check sees the footer before anything is decoded.
 * @throws FormatError if it is no Parquet file, or counts other rows than its row groups have.
 * @throws SchemaError if it lacks one of `columns`.
 */
export async function readLayout(
  reader: RangeReader,
  columns?: readonly string[],
  check?: (footer: ParquetFooter) => void,
): Promise<Layout> {
  const { name } = reader;
  const footer = await readFooter(reader);
  check?.(footer);
  const projection = guardDecoding(name, 'its footer', footer, () =>
    projectFooter(name, footer, columns),
  );
  const decoded = await guardDecodingAsync(name, 'its schema', footer, async () =>
    decodeParquetSchema(await readRowGroupFile(reader, footer, projection)),
  );
  assertRowCount(name, footer);
  const schema = secondSchema(decoded, arrowSchemaOf(footer.tree));
  return { footer, projection, decoded, schema };
}

function assertRowCount(name: string, { metadata }: ParquetFooter): void {
  const rows = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (rows === Number(metadata.num_rows)) return;
  throw new FormatError(
    `Parquet file is damaged: ${name} (its row groups have ${rows} rows of ${metadata.num_rows}). Write it again.`,
  );
}
