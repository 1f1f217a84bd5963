import { DataType, Field, type RecordBatch, Schema } from 'apache-arrow';
import fc from 'fast-check';
import { makeBatch } from '../data/batches/batch.js';
import type { Model } from '../gan/model/model.js';
import { arbitraryData } from './arbitrary-data.js';
import type { InstantRange } from './arbitrary-instants.js';
import { arrowTypes } from './arbitrary-types.js';
import { standInModel } from './stand-in-model.js';

/** How wide random schemas are. */
export interface SchemaSize {
  /** Default 0. */
  readonly minColumns?: number | undefined;
  /** Default 4. */
  readonly maxColumns?: number | undefined;
}

/** What random batches hold. */
export interface BatchSize {
  /** Rows of a batch, at most; there may be none. Default 20. */
  readonly maxRows?: number | undefined;
  /** Which numbers dates and times hold. Default 'any' bits. */
  readonly instants?: InstantRange | undefined;
}

/** How many random batches there are, and what they hold. */
export interface BatchesSize extends BatchSize {
  /** Default 1. */
  readonly minBatches?: number | undefined;
  /** Default 4. */
  readonly maxBatches?: number | undefined;
}

/** Random batches, and a model of their schema that needed no training. */
export interface ArbitraryStream {
  /** Real rows: at least one batch, which may have no rows. */
  readonly batches: readonly RecordBatch[];
  /** Makes synthetic rows of the same columns: see `standInModel`. */
  readonly model: Model;
}

/** Random schemas: columns `c0`, `c1` … of the given types, nullable or not, with metadata. */
export function arbitrarySchema(
  types: fc.Arbitrary<DataType> = arrowTypes,
  { minColumns = 0, maxColumns = 4 }: SchemaSize = {},
): fc.Arbitrary<Schema> {
  const column = fc.record({
    type: types,
    nullable: fc.boolean(),
    tag: fc.string({ maxLength: 4 }),
  });
  return fc.array(column, { minLength: minColumns, maxLength: maxColumns }).map((columns) => {
    const fields = columns.map(
      ({ type, nullable, tag }, k) =>
        // Unions and nulls cannot but be nullable.
        new Field(
          `c${k}`,
          type,
          nullable || DataType.isNull(type) || DataType.isUnion(type),
          new Map([['tag', tag]]),
        ),
    );
    return new Schema(fields, new Map([['origin', 'random']]));
  });
}

/** Random batches of a schema, most of them slices of longer ones, which have hidden offsets. */
export function arbitraryBatch(
  schema: Schema,
  { maxRows = 20, instants = 'any' }: BatchSize = {},
): fc.Arbitrary<RecordBatch> {
  return fc.integer({ min: 0, max: maxRows }).chain((rows) => {
    const columns = schema.fields.map(({ type, nullable }) =>
      arbitraryData(type, rows, nullable, instants),
    );
    return fc.tuple(fc.tuple(...columns), fc.nat(rows), fc.nat(rows)).map(([data, a, b]) => {
      const batch = makeBatch(schema, data, rows);
      // arrow-js's own slice, with its hidden offsets.
      return a === b ? batch : batch.slice(Math.min(a, b), Math.max(a, b));
    });
  });
}

/**
 * Random batches of one random schema, such as a stream has.
 *
 * @param types Types of its columns. Default: all of Arrow.
 */
export function arbitraryBatches(
  types: fc.Arbitrary<DataType> = arrowTypes,
  { minBatches = 1, maxBatches = 4, ...size }: BatchesSize & SchemaSize = {},
): fc.Arbitrary<RecordBatch[]> {
  return arbitrarySchema(types, size).chain((schema) =>
    fc.array(arbitraryBatch(schema, size), { minLength: minBatches, maxLength: maxBatches }),
  );
}

/**
 * Random batches of one random schema, and a stand-in model of it: what a property of an augmented
 * stream needs.
 *
 * @param types Types of its columns. Default: all of Arrow.
 */
export function arbitraryStream(
  types: fc.Arbitrary<DataType> = arrowTypes,
  { minBatches = 1, maxBatches = 4, ...size }: BatchesSize & SchemaSize = {},
): fc.Arbitrary<ArbitraryStream> {
  const bounds = { ...size, minBatches: minBatches + 1, maxBatches: maxBatches + 1 };
  return arbitraryBatches(types, bounds)
    .filter(([rows]) => (rows as RecordBatch).numRows > 0)
    .map(([rows, ...batches]) => ({ batches, model: standInModel(rows as RecordBatch) }));
}
