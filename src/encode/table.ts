import { makeData, RecordBatch, type Schema, Struct, Vector } from 'apache-arrow';
import type { Random } from '../random.js';
import { yieldToEventLoop } from '../threads/abortable.js';
import type { ColumnEncoder, Span, SpanValues } from './encoder.js';
import { type EncodedTable, layoutOf } from './table-layout.js';

export {
  type EncodedTable,
  layoutOf,
  type PlacedSpan,
  type TableLayout,
} from './table-layout.js';
export { collapseRows, expandRows } from './table-rows.js';

/**
 * Record batches of one schema → codes and scalars of all their rows.
 *
 * Randomness is keyed by column and drawn row by row: the result depends on `random` and the rows,
 * and not on how they are cut into batches. Events have their turn between the columns, and `signal`
 * ends the work.
 */
export async function encodeTable(
  encoders: readonly ColumnEncoder[],
  batches: readonly RecordBatch[],
  random: Random,
  signal?: AbortSignal,
): Promise<EncodedTable> {
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  const values: SpanValues[] = [];
  for (const [column, encoder] of encoders.entries()) {
    if (encoder.spans.length === 0) continue;
    await yieldToEventLoop(signal);
    const vector = columnOf(batches, column);
    values.push(
      ...(vector ? encoder.encode(vector, random.fork(column)) : encoder.spans.map(noValues)),
    );
  }
  return { rows, layout: layoutOf(encoders), values };
}

/** One column of all batches as one vector; `undefined` without batches. */
export function columnOf(batches: readonly RecordBatch[], column: number): Vector | undefined {
  const chunks = batches.flatMap((batch) => batch.data.children[column] ?? []);
  return chunks.length === 0 ? undefined : new Vector(chunks);
}

function noValues({ kind }: Span): SpanValues {
  return kind === 'scalar' ? new Float32Array(0) : new Int32Array(0);
}

/**
 * Codes and scalars of `rows` rows, as `layoutOf(encoders)` places them → a record batch that has
 * `schema` itself as its schema.
 *
 * Randomness is keyed by column, as in `encodeTable`.
 */
export function decodeTable(
  encoders: readonly ColumnEncoder[],
  schema: Schema,
  values: readonly SpanValues[],
  rows: number,
  random: Random,
): RecordBatch {
  let next = 0;
  const children = encoders.map((encoder, column) => {
    const own = values.slice(next, next + encoder.spans.length);
    next += own.length;
    return encoder.decode(own, rows, random.fork(column));
  });
  const type = new Struct(schema.fields);
  const batch = new RecordBatch(schema, makeData({ type, length: rows, nullCount: 0, children }));
  // Arrow makes a copy of the schema; writers and users compare by identity.
  return Object.assign(batch, { schema });
}
