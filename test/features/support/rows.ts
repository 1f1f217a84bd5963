import {
  Bool,
  type DataType,
  Dictionary,
  Field,
  Float64,
  Int32,
  type RecordBatch,
  Schema,
  Table,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { sliceBatch } from '../../../src/data/batches/interleave.js';

/** A row of columns of every kind that becomes a number or a level. */
export interface Row {
  readonly size: number | null;
  readonly count: number;
  readonly isNew: boolean;
  readonly colour: string | null;
  readonly label: string;
  readonly made: boolean;
}

const types: Record<keyof Row, { type: DataType; nullable: boolean }> = {
  size: { type: new Float64(), nullable: true },
  count: { type: new Int32(), nullable: false },
  isNew: { type: new Bool(), nullable: false },
  colour: { type: new Utf8(), nullable: true },
  label: { type: new Dictionary(new Utf8(), new Int32(), 7), nullable: false },
  made: { type: new Bool(), nullable: false },
};

export const rowSchema = new Schema(
  Object.entries(types).map(([name, { type, nullable }]) => new Field(name, type, nullable)),
);

/** The rows as one batch. */
export function batchOf(rows: readonly Row[]): RecordBatch {
  const columns = Object.entries(types).map(
    ([name, { type }]) =>
      [
        name,
        vectorFromArray(
          rows.map((row) => row[name as keyof Row]),
          type,
        ),
      ] as const,
  );
  return new Table(rowSchema, Object.fromEntries(columns)).batches[0] as RecordBatch;
}

/** A column of one type as a batch. */
export function columnBatch(
  type: DataType,
  cells: readonly unknown[],
  nullable = true,
): RecordBatch {
  const schema = new Schema([new Field('x', type, nullable)]);
  return new Table(schema, { x: vectorFromArray(cells, type) }).batches[0] as RecordBatch;
}

/** The same rows in batches that end at these places. */
export function cutBatch(batch: RecordBatch, places: readonly number[]): RecordBatch[] {
  const ends = [...new Set(places.map((place) => place % (batch.numRows + 1))), batch.numRows];
  ends.sort((a, b) => a - b);
  return ends.map((end, k) => sliceBatch(batch, ends[k - 1] ?? 0, end));
}

export const row: fc.Arbitrary<Row> = fc.record({
  size: fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })),
  count: fc.integer({ min: -1000, max: 1000 }),
  isNew: fc.boolean(),
  colour: fc.option(fc.constantFrom('red', 'green', 'blue')),
  label: fc.constantFrom('yes', 'no', 'maybe'),
  made: fc.boolean(),
});

/** Rows of which the first is real. */
export const rows = (maxLength: number): fc.Arbitrary<Row[]> =>
  fc
    .tuple(row, fc.array(row, { maxLength: maxLength - 1 }))
    .map(([first, others]) => [{ ...first, made: false }, ...others]);

/** Places to cut at. */
export const cuts = fc.array(fc.nat(100), { maxLength: 5 });
