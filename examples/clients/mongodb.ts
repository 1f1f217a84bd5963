/**
 * Augments the documents of a MongoDB collection, into a Parquet file and into another collection:
 * `tsx mongodb.ts mongodb://localhost shop orders orders.parquet orders_augmented`
 *
 * Documents come through a cursor, no faster than they are taken. Members of objects become columns
 * `a.b`; ObjectId is text, Decimal128 a decimal, Long a whole number of 64 bits, and a Date an instant
 * in milliseconds. Synthetic documents get new ids.
 */
import { pathToFileURL } from 'node:url';
import {
  type AugmentOptions,
  augmentBatches,
  plainRows,
  type RowsOptions,
  readParquetBatches,
  rowBatches,
  writeParquetFile,
} from 'gan-augment';
import { type Collection, Decimal128, type Document, Long, MongoClient, ObjectId } from 'mongodb';

/** Documents that are fetched and written at once. */
const fetchedDocuments = 1000;

/** Augments a collection into a Parquet file. */
export async function augmentCollection(
  collection: Collection,
  file: string,
  { types, ...options }: AugmentOptions & Pick<RowsOptions, 'types'>,
): Promise<void> {
  // Whole numbers beyond 2⁵³ are exact as Long alone.
  const cursor = collection.find({}, { batchSize: fetchedDocuments, promoteLongs: false });
  const batches = rowBatches(cursor, { nested: 'flatten', types, batchRows: fetchedDocuments });
  await writeParquetFile(file, augmentBatches(batches, { ...options, mark: 'synthetic' }));
}

/** Puts the rows of a Parquet file into a collection, as documents like those that they came from. */
export async function insertFile(file: string, collection: Collection): Promise<void> {
  const documents: Document[] = [];
  const insert = async () => {
    if (documents.length > 0) await collection.insertMany(documents.splice(0));
  };
  for await (const batch of readParquetBatches(file)) {
    const decimals = new Set(
      batch.schema.fields
        .filter(({ type }) => `${type}`.startsWith('Decimal'))
        .map(({ name }) => name),
    );
    for await (const row of plainRows(one(batch))) {
      documents.push(toDocument(row, decimals));
      if (documents.length === fetchedDocuments) await insert();
    }
  }
  await insert();
}

function toDocument(row: Record<string, unknown>, decimals: ReadonlySet<string>): Document {
  const document: Document = {};
  for (const [name, value] of Object.entries(row)) {
    if (value === null) continue;
    const path = name.split('.');
    const last = path.pop() as string;
    let owner = document;
    for (const key of path) owner = owner[key] ??= {};
    owner[last] = bsonValue(name, value, decimals.has(name), row.synthetic === true);
  }
  return document;
}

function bsonValue(
  name: string,
  value: unknown,
  isDecimal: boolean,
  isSynthetic: boolean,
): unknown {
  // Ids are never learned: what stands in a synthetic row is no id of the collection's.
  if (name === '_id') return isSynthetic ? new ObjectId() : new ObjectId(String(value));
  if (isDecimal) return Decimal128.fromString(String(value));
  return typeof value === 'bigint' ? Long.fromBigInt(value) : value;
}

async function* one<Value>(value: Value) {
  yield value;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [url, database, from, file, to] = process.argv.slice(2);
  if (!url || !database || !from || !file || !to) {
    throw new Error('usage: tsx mongodb.ts URL DATABASE FROM FILE.parquet TO');
  }
  const client = await new MongoClient(url).connect();
  try {
    const collections = client.db(database);
    await augmentCollection(collections.collection(from), file, {
      ratio: 0.3,
      seed: 1,
      fit: { steps: 200 },
    });
    await insertFile(file, collections.collection(to));
  } finally {
    await client.close();
  }
}
