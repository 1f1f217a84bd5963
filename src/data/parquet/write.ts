import type { RecordBatch, Schema } from 'apache-arrow';
import { InvalidOptionError } from '../../errors.js';
import { abortable } from '../abortable.js';
import { type ByteSink, writeAtomically } from '../atomic.js';
import type { FileSummary } from '../file-summary.js';
import { sameColumns } from '../same-columns.js';
import { arrowSchemaKey, encodeArrowSchema } from './arrow-schema.js';
import { encodeParquet, type ParquetCompression } from './encode.js';
import { decodeFooter, encodeFooter, parquetMagic } from './footer.js';
import { moveRowGroup } from './relocate.js';
import { withRowGroups } from './row-group.js';
import { type RowGroupRows, splitRowGroups } from './split.js';
import { storableBatches } from './storable.js';
import { type ThriftStruct, wire } from './thrift.js';
import { getStructs, setStructs } from './thrift-fields.js';

/** What {@link writeParquetFile} can be told. */
export interface WriteParquetOptions {
  /** Rows of a row group, at most. Default: 131,072, and fewer where rows are wide. */
  rowGroupRows?: number;
  /** Default: 'zstd'. */
  compression?: ParquetCompression;
  /** Stops the writing: the promise rejects with its reason, and no file appears. */
  signal?: AbortSignal;
}

const file = { rowGroups: 4, keyValues: 5 };

/**
 * Writes batches as a Parquet file, which appears whole or not at all.
 *
 * Memory holds one row group at a time. Metadata of the schema and of its fields is kept, both as
 * key-value metadata for everyone and as `ARROW:schema` for Arrow readers.
 *
 * @throws SchemaError if a batch has other columns than the first, a column has no Parquet type, or
 *   there is no batch at all; send one without rows to write a file without rows.
 * @throws FileError if the file cannot be written.
 */
export async function writeParquetFile(
  path: string,
  batches: AsyncIterable<RecordBatch>,
  { rowGroupRows = 131_072, compression = 'zstd', signal }: WriteParquetOptions = {},
): Promise<FileSummary<'parquet'>> {
  if (!Number.isInteger(rowGroupRows) || rowGroupRows < 1) {
    throw new InvalidOptionError(
      `option 'rowGroupRows' must be a positive integer: ${rowGroupRows}. Leave it out for 131072.`,
    );
  }
  return writeAtomically(path, async (sink) => {
    const source = storableBatches(sameColumns(abortable(batches, signal), path), path);
    const groups = splitRowGroups(source, rowGroupRows);
    const rows = await writeRowGroups(path, sink, groups, compression);
    signal?.throwIfAborted();
    return { path, format: 'parquet', rows, bytes: sink.position };
  });
}

async function writeRowGroups(
  path: string,
  sink: ByteSink,
  groups: AsyncIterable<RowGroupRows>,
  compression: ParquetCompression,
): Promise<number> {
  await sink.write(parquetMagic);
  const written: ThriftStruct[] = [];
  let tree: ThriftStruct = [];
  let rows = 0;
  for await (const group of groups) {
    const part = encodeParquet(group.schema, group.batches, compression);
    const footerBytes = Buffer.from(part).readUInt32LE(part.length - 8) + 8;
    const footer = decodeFooter(path, part.subarray(-footerBytes));
    const delta = BigInt(sink.position - parquetMagic.length);
    for (const rowGroup of getStructs(footer.tree, file.rowGroups)) {
      written.push(moveRowGroup(rowGroup, delta, written.length));
    }
    await sink.write(part.subarray(parquetMagic.length, -footerBytes));
    tree = withKeyValues(footer.tree, group.schema);
    rows += Number(footer.metadata.num_rows);
  }
  await sink.write(encodeFooter(withRowGroups(tree, written, BigInt(rows))));
  return rows;
}

function withKeyValues(tree: ThriftStruct, schema: Schema): ThriftStruct {
  // The engine writes these too, but in an order that changes from run to run.
  const entries = [...schema.metadata, [arrowSchemaKey, encodeArrowSchema(schema)] as const];
  const structs = entries.map(([key, value]) => [
    { id: 1, type: wire.binary, value: Buffer.from(key) },
    { id: 2, type: wire.binary, value: Buffer.from(value) },
  ]);
  return setStructs(tree, file.keyValues, structs);
}
