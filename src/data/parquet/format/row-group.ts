import type { ColumnMetaData } from 'hyparquet';
import { FormatError } from '../../../errors.js';
import type { RangeReader } from '../../files/range-reader.js';
import { type LeafShape, leafShapes, rowCosts } from './decoded-bytes.js';
import { encodeFooter, type ParquetFooter, parquetMagic } from './footer.js';
import { checkPages } from './pages.js';
import type { Projection } from './projection.js';
import { moveChunk, withoutIndexes } from './relocate.js';
import type { RowCosts } from './row-costs.js';
import { type ThriftStruct, wire } from './thrift.js';
import { getStructs, setField, setStructs } from './thrift-fields.js';

// WebAssembly has 4 GiB for the bytes, the decoded columns and a copy of a batch.
const largestRowGroup = 3 * 2 ** 30;

const file = { schema: 2, rows: 3, rowGroups: 4 };
const rowGroup = { columns: 1, rows: 3, sortingColumns: 4, fileOffset: 5 };

/** A Parquet file of one row group, and what the rows of its columns become when they are decoded. */
export interface RowGroupFile {
  readonly bytes: Uint8Array;
  readonly costs: readonly (readonly RowCosts[])[];
}

/**
 * A small Parquet file in memory that holds one row group of a bigger one, for a decoder that wants
 * whole files. Only the bytes of the wanted columns are read.
 *
 * @param index number of the row group; undefined for a file of no rows.
 * @throws FormatError if the row group lies outside the file, is encrypted, or too big to decode.
 */
export async function readRowGroupFile(
  reader: RangeReader,
  footer: ParquetFooter,
  projection: Projection,
  index?: number,
): Promise<Uint8Array> {
  if (index === undefined) {
    return Buffer.concat([parquetMagic, encodeFooter(withRowGroups(projection.tree, [], 0n))]);
  }
  return (await readRowGroup(reader, footer, projection, index)).bytes;
}

/** As {@link readRowGroupFile}, and what the rows of its columns become when they are decoded. */
export async function readRowGroup(
  reader: RangeReader,
  footer: ParquetFooter,
  projection: Projection,
  index: number,
): Promise<RowGroupFile> {
  const group = footer.metadata.row_groups[index];
  const struct = getStructs(footer.tree, file.rowGroups)[index];
  if (!group || !struct) throw new RangeError(`row group ${index} does not exist`);
  const parts: Uint8Array[] = [parquetMagic];
  const chunks: ThriftStruct[] = [];
  const shapes = leafShapes(getStructs(footer.tree, file.schema));
  let position = parquetMagic.length;
  const costs: RowCosts[][] = [];
  const rows = Number(group.num_rows);
  for (const leaf of projection.leaves) {
    const where = `${reader.name}, row group ${index}, column ${leaf}`;
    const { start, end } = locateChunk(footer, index, leaf, where);
    if (position + end - start > largestRowGroup) throw tooLarge(reader.name, index);
    const bytes = await reader.read(start, end);
    const described = group.columns[leaf]?.meta_data as ColumnMetaData;
    const pages = checkPages(bytes, described, where);
    const shape = shapes[leaf] as LeafShape;
    costs.push(await rowCosts(bytes, described, pages, shape, rows, where));
    parts.push(bytes);
    const chunk = getStructs(struct, rowGroup.columns)[leaf] as ThriftStruct;
    chunks.push(withoutIndexes(moveChunk(chunk, BigInt(position - start))));
    position += end - start;
  }
  const kept = struct.filter(({ id }) => id <= rowGroup.rows && id !== rowGroup.sortingColumns);
  const moved = setStructs(kept, rowGroup.columns, chunks);
  const tree = withRowGroups(projection.tree, [moved], BigInt(group.num_rows));
  return { bytes: Buffer.concat([...parts, encodeFooter(tree)]), costs };
}

/** A file's footer with other row groups, and as many rows as they have. */
export function withRowGroups(
  tree: ThriftStruct,
  groups: readonly ThriftStruct[],
  rows: bigint,
): ThriftStruct {
  return setStructs(setField(tree, file.rows, wire.int64, rows), file.rowGroups, groups);
}

function locateChunk({ metadata }: ParquetFooter, index: number, leaf: number, where: string) {
  const chunk = metadata.row_groups[index]?.columns[leaf];
  const described = chunk?.meta_data;
  if (chunk?.crypto_metadata) {
    throw new FormatError(
      `Parquet column is encrypted: ${where}. Decrypt the file first, or read other columns.`,
    );
  }
  if (!described) {
    throw new FormatError(`Parquet column is missing: ${where}. Write the file again.`);
  }
  if (chunk.file_path) {
    throw new FormatError(
      `Parquet column lies in another file: ${where} (${chunk.file_path}). Write it as one file.`,
    );
  }
  const data = Number(described.data_page_offset);
  const dictionary = Number(described.dictionary_page_offset ?? 0);
  const start = dictionary > 0 && dictionary < data ? dictionary : data;
  const end = start + Number(described.total_compressed_size);
  if (!Number.isSafeInteger(end) || start < parquetMagic.length || end < start) {
    throw new FormatError(
      `Parquet column has an impossible place: ${where} (${start} to ${end}). The file is damaged.`,
    );
  }
  return { start, end };
}

function tooLarge(name: string, index: number): FormatError {
  return new FormatError(
    `Parquet row group is too large to decode: number ${index} of ${name}. Write smaller row groups.`,
  );
}
