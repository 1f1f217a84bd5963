/**
 * Augments the rows of a PostgreSQL query, into a Parquet file and into a new table:
 * `tsx postgres.ts postgres://localhost/shop 'select * from orders' orders.parquet orders_augmented`
 *
 * Rows come through a cursor, a few thousand at a time and no faster than they are taken; types are
 * those of the query. The table is filled by COPY, and appears whole or not at all.
 */
import { pathToFileURL } from 'node:url';
import type { RecordBatch } from 'apache-arrow';
import {
  type AugmentOptions,
  augmentBatches,
  type RowType,
  readParquetBatches,
  rowBatches,
  writeCsvBatches,
  writeParquetFile,
} from 'gan-augment';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import Cursor from 'pg-cursor';

/** Rows that are fetched at once. */
const fetchedRows = 2000;

/**
 * Types by the numbers that PostgreSQL has for them. Numeric says its digits; all others, such as arrays
 * and JSON, are the texts that COPY takes again.
 */
const rowTypes: Readonly<Record<number, RowType>> = {
  16: 'boolean',
  20: 'int64',
  21: 'int32',
  23: 'int32',
  700: 'float64',
  701: 'float64',
  1082: 'date',
  1114: 'timestamp',
  1184: 'timestamptz',
};
const numeric = 1700;
/** Of other types the text is taken: a `Date`, for one, has no microseconds, and days start at local midnight. */
const parsed = [16, 700, 701];

/** The rows of a query as record batches, through a cursor that is closed when the iteration is left. */
export async function* queryBatches(
  client: pg.Client,
  sql: string,
): AsyncGenerator<RecordBatch, void, undefined> {
  // So that instants are written with the offset +00.
  await client.query("set timezone to 'UTC'");
  const parsers = {
    getTypeParser: (oid: number, format?: string) =>
      parsed.includes(oid) ? pg.types.getTypeParser(oid, format as 'text') : String,
  };
  const cursor = client.query(new Cursor<object>(sql, [], { types: parsers as never }));
  try {
    const first = await fetchRows(cursor);
    const types = Object.fromEntries(first.fields.map((field) => [field.name, typeOf(field)]));
    async function* rows() {
      for (let fetched = first.rows; fetched.length > 0; fetched = (await fetchRows(cursor)).rows) {
        yield* fetched;
      }
    }
    yield* rowBatches(rows(), { types, batchRows: fetchedRows });
  } finally {
    await cursor.close();
  }
}

function fetchRows(
  cursor: Cursor<object>,
): Promise<Pick<pg.QueryResult<object>, 'rows' | 'fields'>> {
  return new Promise((resolve, reject) => {
    // The promise form does not say the fields; this one does until the rows are over.
    cursor.read(fetchedRows, (error, rows, result?: pg.QueryResult<object>) =>
      error ? reject(error) : resolve({ rows, fields: result?.fields ?? [] }),
    );
  });
}

function typeOf({ name, dataTypeID, dataTypeModifier }: pg.FieldDef): RowType {
  if (dataTypeID !== numeric) return rowTypes[dataTypeID] ?? 'utf8';
  if (dataTypeModifier < 0) {
    throw new Error(`column "${name}" has any number of digits: cast it, numeric(12, 2)`);
  }
  const digits = dataTypeModifier - 4;
  return `decimal(${digits >> 16}, ${digits & 0x7ff})`;
}

/** Makes a table of the columns of a query and 'synthetic', and fills it by COPY: whole, or not at all. */
export async function copyIntoTable(
  client: pg.Client,
  { sql, table }: { sql: string; table: string },
  batches: AsyncIterable<RecordBatch>,
): Promise<void> {
  const name = pg.escapeIdentifier(table);
  await client.query('begin');
  try {
    await client.query(
      `create table ${name} as select *, null::boolean as synthetic from (${sql}) as rows where false`,
    );
    // An empty cell is null, and "" an empty text, on both sides.
    const copy = client.query(copyFrom(`copy ${name} from stdin with (format csv, header match)`));
    await writeCsvBatches(copy, batches);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** Augments the rows of a query into a Parquet file, and that into a table. */
export async function augmentQuery(
  client: pg.Client,
  { sql, file, table, ...options }: AugmentOptions & { sql: string; file: string; table: string },
): Promise<void> {
  const batches = augmentBatches(queryBatches(client, sql), { ...options, mark: 'synthetic' });
  await writeParquetFile(file, batches);
  await copyIntoTable(client, { sql, table }, readParquetBatches(file));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [url, sql, file, table] = process.argv.slice(2);
  if (!url || !sql || !file || !table) {
    throw new Error("usage: tsx postgres.ts URL 'select …' FILE.parquet NEW_TABLE");
  }
  const client = new pg.Client(url);
  await client.connect();
  try {
    await augmentQuery(client, { sql, file, table, ratio: 0.3, seed: 1, fit: { steps: 200 } });
  } finally {
    await client.end();
  }
}
