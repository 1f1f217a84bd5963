import type { Field, RecordBatch, Vector } from 'apache-arrow';
import { readTexts } from '../../../encode/cells/column-texts.js';
import { countLevels } from '../../../encode/columns/categorical.js';
import type { ColumnEncoder } from '../../../encode/encoder.js';
import { type ColumnOptions, inferEncoder, type ValueOptions } from '../../../encode/infer.js';
import { commonLevels, rareRows } from '../../../encode/rare-values.js';
import { columnOf } from '../../../encode/table.js';
import { isTensorEncoder, type TensorEncoder } from '../../../encode/tensor/encoder.js';
import { unmodelled } from '../../../encode/unmodelled.js';
import { InvalidOptionError, SchemaError } from '../../../errors.js';
import { yieldToEventLoop } from '../../../threads/abortable.js';
import type { TrainingData } from '../family.js';
import type { TensorKind, TensorTable } from './kind.js';

/** Which columns of a table of tensors are which. */
export interface TensorColumns {
  /** Place of the tensors among the columns. */
  readonly place: number;
  readonly tensors: TensorEncoder;
  /** The column of labels, if there is one, and rows of the sample by class. */
  readonly label?: { readonly column: number; readonly counts: readonly number[] } | undefined;
}

/** Finds the columns again from their encoders: no other column has spans. */
export function findColumns(encoders: readonly ColumnEncoder[]): TensorColumns | undefined {
  const place = encoders.findIndex(isTensorEncoder);
  if (place < 0) return undefined;
  const tensors = encoders[place] as TensorEncoder;
  const column = encoders.findIndex(({ spans }) => spans.length > 0);
  const [span] = encoders[column]?.spans ?? [];
  if (!span) return { place, tensors };
  if (span.kind !== 'onehot' || span.role !== 'category') return undefined;
  return { place, tensors, label: { column, counts: span.counts } };
}

/**
 * Fits the encoders of a table of tensors: of the tensors, of the labels that enough rows have if a target
 * is named, and of the other columns, which are not learned: one that is constant or names rows stays
 * so, others are null.
 *
 * @throws SchemaError unless there is one column of the kind; for a target that cannot be labels, or of
 * which each label is rare; and for another column that can neither be made up nor null.
 */
export async function fitColumns(
  kind: Pick<TensorKind, 'columns' | 'nouns' | 'looks'>,
  fitTensors: (field: Field, sample: Vector, leastRows: number) => TensorEncoder,
  data: TrainingData,
): Promise<ColumnEncoder[]> {
  const { schema, batches, columns = {}, unmodelled: choice, target, signal } = data;
  const { leastRows = 1, texts } = data;
  const tensors = theTensors(kind, data);
  const [, noun] = kind.nouns;
  if (target === tensors.name) {
    throw new InvalidOptionError(`fit.target must name labels, not the ${noun}: '${target}'`);
  }
  const encoders: ColumnEncoder[] = [];
  for (const [place, field] of schema.fields.entries()) {
    await yieldToEventLoop(signal);
    const vector = columnOf(batches as RecordBatch[], place) as NonNullable<
      ReturnType<typeof columnOf>
    >;
    const own = Object.hasOwn(columns, field.name) ? columns[field.name] : undefined;
    if (field === tensors) encoders.push(fitTensors(field, vector, leastRows));
    else if (field.name === target) encoders.push(fitLabels(field, vector, own, leastRows));
    else {
      const options = { unmodelled: choice, ...own };
      encoders.push(fitOther(field, vector, noun, options, { texts, leastRows }));
    }
  }
  return encoders;
}

function fitLabels(
  field: Field,
  vector: Vector,
  options: ColumnOptions | undefined,
  leastRows: number,
): ColumnEncoder {
  const levels = countLevels(readTexts(vector)).filter(({ text }) => text !== null);
  const areAllRare = levels.length > 0 && commonLevels(levels, leastRows).length === 0;
  if (areAllRare) throw allRare(field, leastRows);
  return inferEncoder(field, vector, { ...options, kind: 'categorical' }, { leastRows });
}

function allRare({ name }: Field, leastRows: number): SchemaError {
  return new SchemaError(
    `target names a column that cannot be learned: '${name}'. Each of its labels has fewer than ` +
      `${leastRows} rows, and stays with these. Give more rows, say fit: { privacy: false }, or leave ` +
      'the target out',
  );
}

/** Whether each row is learned: those of rare labels are not, as another label would be a false one. */
export function learnedRows(
  { label }: Pick<TensorColumns, 'label'>,
  { batches, leastRows = 1 }: Pick<TrainingData, 'batches' | 'leastRows'>,
): (row: number) => boolean {
  if (!label) return () => true;
  const isRare = rareRows(columnOf(batches, label.column) as Vector, leastRows);
  return (row) => isRare[row] === 0;
}

function theTensors(
  kind: Pick<TensorKind, 'columns' | 'nouns' | 'looks'>,
  table: TensorTable,
): Field {
  const { schema } = table;
  const found = kind.columns(table);
  if (found.length === 1) return found[0] as Field;
  const [, noun] = kind.nouns;
  const names = (fields: readonly Field[]) => fields.map(({ name }) => name).join(', ');
  throw new SchemaError(
    found.length === 0
      ? `there is no column of ${noun}: ${names(schema.fields)}. ${kind.looks}`
      : `there are several columns of ${noun}: ${names(found)}. Keep one of them`,
  );
}

function fitOther(
  field: Field,
  vector: Parameters<typeof inferEncoder>[1],
  noun: string,
  options: ColumnOptions,
  values: ValueOptions,
): ColumnEncoder {
  const encoder = inferEncoder(field, vector, options, values);
  if (encoder.spans.length === 0) return encoder;
  if (field.nullable && options.unmodelled !== 'refuse') return unmodelled(field, 'null');
  throw new SchemaError(
    `column '${field.name}' is not learned beside ${noun}` +
      `${field.nullable ? ', and was not to be null' : ', and cannot be null'} in synthetic rows: ` +
      `${field.type}. Name it as the target if it holds labels, or drop it`,
  );
}
