import type { RecordBatch, Schema, Vector } from 'apache-arrow';
import { gatherRuns } from '../../../data/batches/interleave.js';
import { isList, readSequenceLayout } from '../../../data/sequences/sequence-layout.js';
import { checkColumnNames } from '../../../encode/column-options.js';
import { canBeIdentifier } from '../../../encode/columns/identifier.js';
import type { ColumnEncoder } from '../../../encode/encoder.js';
import { inferEncoder } from '../../../encode/infer.js';
import { fitSeries } from '../../../encode/series/fit-series.js';
import { flattenLists, isSeriesEncoder, listLengths } from '../../../encode/series/series.js';
import { columnOf, encodeTable } from '../../../encode/table.js';
import { DataError, SchemaError } from '../../../errors.js';
import type { TrainingData } from '../family.js';
import { offsetsOf, type SequenceTable } from './sequence-table.js';
import { type ShapeOptions, sequenceShape } from './shape.js';

/** Steps of a sequence at most: longer ones are to be cut into windows. */
const mostSteps = 2000;

/** Sequences as numbers, and the encoders of the columns. */
export interface EncodedSequences {
  readonly encoders: readonly ColumnEncoder[];
  readonly table: SequenceTable;
}

/**
 * Fits encoders to rows of sequences, and encodes those that have steps.
 *
 * @throws SchemaError when no column holds lists that can be learned; DataError for lists of one row of
 * unlike length, for too few sequences, and for too long ones.
 */
export async function encodeSequences(
  options: ShapeOptions,
  data: TrainingData,
): Promise<EncodedSequences> {
  const { schema, columns = {}, leastRows, random, signal } = data;
  // Rows without steps are left out, and the target's cells are those of all.
  const texts = { ...data.texts, given: undefined };
  checkColumnNames(schema, columns);
  const layout = readSequenceLayout(schema);
  if (!layout) throw noLists(schema);
  const isSeries = schema.fields.map((field) => layout.lists.includes(field.name) && isList(field));
  const { batches, lengths } = withSteps(data, isSeries);
  const bounds = { shortest: Math.min(...lengths), longest: Math.max(...lengths) };
  const encoders = schema.fields.map((field, column) => {
    const vector = columnOf(batches, column) as Vector;
    const own = Object.hasOwn(columns, field.name) ? columns[field.name] : undefined;
    const override = { ...own, unmodelled: own?.unmodelled ?? data.unmodelled };
    if (isSeries[column]) {
      const isOrder = field.name === layout.orderBy;
      return fitSeries(field, vector, flattenLists(vector), bounds, { ...override, isOrder });
    }
    const isKey = layout.by.includes(field.name) && canBeIdentifier(field.type);
    const chosen =
      isKey && own?.kind === undefined ? { ...override, kind: 'identifier' as const } : override;
    return inferEncoder(field, vector, chosen, { texts, leastRows });
  });
  const shape = sequenceShape(options, encoders);
  if (shape.steps.width === 0) throw nothingLearned(schema, layout.lists);
  const items = shape.series.flatMap(({ column, encoder }) =>
    encoder.items.spans.length === 0
      ? []
      : encoder.items.encode(
          encoder.flatten(columnOf(batches, column) as Vector),
          random.fork('items', column),
        ),
  );
  const attributes = await encodeTable(encoders, batches, random.fork('encode'), signal);
  const offsets = offsetsOf(lengths);
  const count = offsets.at(-1) as number;
  return {
    encoders,
    table: {
      rows: lengths.length,
      attributes,
      steps: { rows: count, layout: shape.steps, values: items },
      offsets,
    },
  };
}

/** The rows that have steps, and how many. */
function withSteps(
  { schema, batches }: TrainingData,
  isSeries: readonly boolean[],
): { batches: RecordBatch[]; lengths: number[] } {
  const lengths: number[] = [];
  const kept = batches.map((batch) => {
    const all = lengthsOf(batch, isSeries);
    const runs = Array.from(all, (length, start) => ({ source: 0, start, length: length && 1 }));
    for (const length of all) if (length > 0) lengths.push(length);
    return all.includes(0) ? gatherRuns(schema, [batch], runs) : batch;
  });
  if (lengths.length < 2) {
    throw new DataError(`training needs at least 2 sequences with steps: ${lengths.length}`);
  }
  const longest = Math.max(...lengths);
  if (longest > mostSteps) {
    throw new DataError(
      `a sequence has more steps than can be learned: ${longest}, at most ${mostSteps}. Cut long ` +
        'series by windows({ by, length })',
    );
  }
  return { batches: kept, lengths };
}

function lengthsOf(batch: RecordBatch, isSeries: readonly boolean[]): Int32Array {
  const names = batch.schema.fields.map(({ name }) => name);
  let first: { name: string; lengths: Int32Array } | undefined;
  for (const [column, name] of names.entries()) {
    if (!isSeries[column]) continue;
    const lengths = listLengths(columnOf([batch], column) as Vector);
    const row = first?.lengths.findIndex((length, k) => length !== lengths[k]) ?? -1;
    if (first && row >= 0) {
      throw new DataError(
        `lists of one row must be equally long: '${first.name}' holds ${first.lengths[row]} values ` +
          `and '${name}' ${lengths[row]}`,
      );
    }
    first ??= { name, lengths };
  }
  return first?.lengths ?? new Int32Array(batch.numRows);
}

function noLists({ fields }: Schema): SchemaError {
  return new SchemaError(
    `no column holds lists: ${fields.map(({ name }) => name).join(', ') || 'no columns'}. Group the ` +
      'rows of entities first, by groupSequences({ by: … }), or say sequence: { by: … }',
  );
}

function nothingLearned({ fields }: Schema, lists: readonly string[]): SchemaError {
  const names = fields.map(({ name }) => name).filter((name) => lists.includes(name));
  return new SchemaError(
    `no series can be learned: ${names.join(', ')}. Each is constant, empty, an identifier or of a ` +
      'type that is not modelled',
  );
}

/** Whether encoders are of rows of sequences. */
export function areSequences(encoders: readonly ColumnEncoder[]): boolean {
  return encoders.some(isSeriesEncoder);
}
