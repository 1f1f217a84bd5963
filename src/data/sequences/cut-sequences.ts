import type { RecordBatch, Schema } from 'apache-arrow';
import { DataError, SchemaError } from '../../errors.js';
import { abortable } from '../../threads/abortable.js';
import { closeOnAbort } from '../../threads/close-on-abort.js';
import { bufferHead } from '../batches/buffered-head.js';
import { ofOneSchema } from '../schema/one-schema.js';
import { checkOrderColumn, columnPlaces } from './columns.js';
import { createEntityWalk, type EntityColumns, entityName } from './entity-walk.js';
import { findAttributes } from './find-attributes.js';
import { gatherSequences } from './gather-sequences.js';
import { createHeldRows, type HeldRows, type RowRange } from './held-rows.js';
import type { EntityOptions } from './options.js';
import { groupedSchema } from './sequence-layout.js';

/** Rows that attributes are looked for in. */
export const headRows = 65_536;

/** Rows of the long table that one batch of sequences holds, about: it ends with a sequence. */
const batchEvents = 65_536;

/** Makes sequences of the rows of entities, as these become known. */
export interface RangeMaker {
  /**
   * The sequences that are complete.
   *
   * @param starts Numbers of the rows that entities begin at.
   * @param end Number of the row behind the last known one.
   */
  next(starts: readonly number[], end: number): RowRange[];
  /** The sequences that the end of the stream completes. */
  last(end: number): RowRange[];
  /** Number of the first row that a later sequence may need. */
  readonly needed: number;
}

/** What is to be grouped, with a list of columns in the place of one. */
export interface CutPlan {
  readonly by: readonly string[];
  readonly orderBy: EntityOptions['orderBy'];
  readonly attributes: EntityOptions['attributes'];
  /** Rows of a sequence at most. */
  readonly maximumLength: number;
  readonly createMaker: () => RangeMaker;
}

/** Rows of sequences of a long table: as many rows of it in memory as sequences need. */
export async function* cutSequences(
  source: AsyncIterable<RecordBatch>,
  plan: CutPlan,
  signal: AbortSignal,
): AsyncGenerator<RecordBatch, void, undefined> {
  const input = ofOneSchema(abortable(closeOnAbort(source, signal), signal));
  try {
    const findsAttributes = plan.attributes === undefined && plan.by.length > 0;
    const head = await bufferHead(input, findsAttributes ? headRows : 0);
    const schema = head.batches[0]?.schema;
    if (!schema) return;
    const columns = resolveColumns(schema, plan, head.batches);
    const lists = schema.fields.flatMap(({ name }, column) =>
      columns.by.includes(column) || columns.attributes.includes(column) ? [] : [name],
    );
    if (lists.length === 0) throw noSeries(schema);
    const grouped = groupedSchema(schema, { by: plan.by, orderBy: plan.orderBy, lists });
    const isSeries = schema.fields.map(({ name }) => lists.includes(name));
    yield* gather({ schema, grouped, isSeries, columns, plan }, head.batches, input);
  } finally {
    await input.return();
  }
}

function noSeries({ fields }: Schema): SchemaError {
  return new SchemaError(
    `no column is left to be a series: ${fields.map(({ name }) => name).join(', ')}. Leave one out of ` +
      "'by' and 'attributes'",
  );
}

function resolveColumns(
  schema: Schema,
  { by, orderBy, attributes }: CutPlan,
  head: readonly RecordBatch[],
): EntityColumns {
  const keys = columnPlaces(schema, by, 'by');
  const [order] = orderBy === undefined ? [] : columnPlaces(schema, [orderBy], 'orderBy');
  const orderField = schema.fields[order ?? -1];
  if (orderField) checkOrderColumn(orderField);
  const named = columnPlaces(schema, attributes ?? [], 'attributes');
  const isFound = attributes === undefined && keys.length > 0;
  return {
    by: keys,
    orderBy: order,
    attributes: isFound ? findAttributes(schema, head, keys, order) : named,
    areFound: isFound,
  };
}

interface Cut {
  readonly schema: Schema;
  readonly grouped: Schema;
  readonly isSeries: readonly boolean[];
  readonly columns: EntityColumns;
  readonly plan: CutPlan;
}

async function* gather(
  { schema, grouped, isSeries, columns, plan }: Cut,
  head: RecordBatch[],
  input: AsyncIterable<RecordBatch>,
): AsyncGenerator<RecordBatch, void, undefined> {
  const held = createHeldRows();
  const walk = createEntityWalk(schema, columns);
  const maker = plan.createMaker();
  let waiting: RowRange[] = [];
  let [events, isEmpty] = [0, true];
  const flush = () => {
    const batch = gatherSequences(grouped, isSeries, held, waiting);
    [waiting, events, isEmpty] = [[], 0, false];
    return batch;
  };
  function* take(ranges: readonly RowRange[]) {
    for (const range of ranges) {
      waiting.push(range);
      events += range.end - range.start;
      if (events >= batchEvents) yield flush();
    }
    held.forget(waiting[0]?.start ?? maker.needed);
  }
  for await (const batch of inOrder(head, input)) {
    const starts = walk(batch);
    held.add(batch);
    const ranges = maker.next(starts, held.end);
    checkLength(plan, columns, held, [...ranges, { start: maker.needed, end: held.end }]);
    yield* take(ranges);
  }
  yield* take(maker.last(held.end));
  if (waiting.length > 0 || isEmpty) yield flush();
}

function checkLength(
  { maximumLength }: CutPlan,
  { by }: EntityColumns,
  held: HeldRows,
  ranges: readonly RowRange[],
): void {
  const long = ranges.find(({ start, end }) => end - start > maximumLength);
  if (!long) return;
  const { sources, starts } = held.runs([{ start: long.start, end: long.start + 1 }]);
  const batch = held.batches[sources[0] as number] as RecordBatch;
  throw new DataError(
    `${entityName(batch, by, starts[0] as number)} has more than ${maximumLength} rows, from row ` +
      `${long.start} on. Raise maximumLength, or cut long series by windows({ by, length })`,
  );
}

/** The held batches, each let go of as it is taken, and the rest of the stream. */
async function* inOrder(head: RecordBatch[], rest: AsyncIterable<RecordBatch>) {
  for (let batch = head.shift(); batch; batch = head.shift()) yield batch;
  yield* rest;
}
