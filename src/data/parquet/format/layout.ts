import { type Data, type RecordBatch, Schema } from 'apache-arrow';
import { FormatError } from '../../../errors.js';
import { makeBatch, rebindBatch } from '../../batches/batch.js';
import type { RangeReader } from '../../files/range-reader.js';
import { convertData } from '../../schema/convert-types.js';
import { decodeParquetSchema } from '../engine/engine.js';
import { guardDecoding, guardDecodingAsync } from '../engine/guard.js';
import { joinTwins, type TwinProjection, withTwins } from '../types/int96.js';
import { namedSchema } from '../types/names.js';
import { type Int96Unit, restore, restoredSchema } from '../types/restored.js';
import { type ParquetFooter, readFooter } from './footer.js';
import { type Projection, projectFooter } from './projection.js';
import { readRowGroupFile } from './row-group.js';

/** What {@link readLayout} can be told. */
export interface LayoutOptions {
  readonly columns?: readonly string[] | undefined;
  readonly int96?: Int96Unit | undefined;
  /** Sees the footer before anything is decoded. */
  readonly check?: (footer: ParquetFooter) => void;
}

/** What the footer says: which bytes are read, and as what. */
export interface FileLayout {
  readonly footer: ParquetFooter;
  readonly projection: TwinProjection;
  /** What the engine decodes, and what it is to become. */
  readonly decoded: Schema;
  readonly schema: Schema;
}

/**
 * Reads the footer, and the schema of the wanted columns.
 *
 * @throws FormatError if it is no Parquet file, or counts other rows than its row groups have.
 * @throws SchemaError if it lacks one of `columns`.
 */
export async function readLayout(
  reader: RangeReader,
  { columns, int96, check }: LayoutOptions = {},
): Promise<FileLayout> {
  const { name } = reader;
  const footer = await readFooter(reader);
  check?.(footer);
  const plain = guardDecoding(name, 'its footer', footer, () =>
    projectFooter(name, footer, columns),
  );
  const decode = (projection: Projection) =>
    guardDecodingAsync(name, 'its schema', footer, async () =>
      decodeParquetSchema(await readRowGroupFile(reader, footer, projection)),
    );
  const first = await decode(plain);
  assertRowCount(name, footer);
  const projection = withTwins(plain, first);
  const decoded = projection.twins.length > 0 ? await decode(projection) : first;
  const own =
    decoded === first
      ? first
      : new Schema(decoded.fields.slice(0, first.fields.length), first.metadata);
  const schema = namedSchema(restoredSchema(own, plain, int96), plain.elements);
  return { footer, projection, decoded, schema };
}

/** A batch that was decoded, as what the file says that it is. @throws FormatError where it is not. */
export function restoreBatch(
  { decoded, schema, projection: { twins } }: FileLayout,
  batch: RecordBatch,
): RecordBatch {
  if (schema === decoded) return rebindBatch(schema, batch);
  const { children } = rebindBatch(decoded, batch).data;
  const columns = schema.fields.map(({ name, type }, k) => {
    const twin = twins.indexOf(k);
    const data = children[k] as Data;
    try {
      if (twin < 0) return convertData(type, data, restore);
      return joinTwins(type, data, children[schema.fields.length + twin] as Data);
    } catch (cause) {
      throw explainColumn(name, cause);
    }
  });
  return makeBatch(schema, columns, batch.numRows);
}

function explainColumn(name: string, cause: unknown): unknown {
  if (!(cause instanceof FormatError)) return cause;
  const reason = cause.message.replace(/^ganAugment: /, '');
  return new FormatError(`column '${name}' cannot be read: ${reason}`, { cause });
}

function assertRowCount(name: string, { metadata }: ParquetFooter): void {
  const rows = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (rows === Number(metadata.num_rows)) return;
  throw new FormatError(
    `Parquet file is damaged: ${name} (its row groups have ${rows} rows of ${metadata.num_rows}). Write it again.`,
  );
}
