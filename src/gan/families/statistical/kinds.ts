import type { ColumnEncoder, EncoderJSON } from '../../../encode/encoder.js';
import { inferEncoders } from '../../../encode/infer.js';
import { layoutOf } from '../../../encode/table.js';
import { isTensorEncoder } from '../../../encode/tensor/encoder.js';
import { assertLearnable } from '../assert-learnable.js';
import type { TrainingData } from '../family.js';

/** What each column is learned as, nulls aside: a maker and the conditions speak of the same cells. */
export function kindsOf(encoders: readonly ColumnEncoder[]): string[] {
  return encoders.map((encoder) =>
    encoder.kind === 'nullable' ? (encoder.toJSON().inner as EncoderJSON).kind : encoder.kind,
  );
}

/** Whether a kind of column is not learned with the others: it is null or made up in synthetic rows. */
export function isUnlearned(kind: string): boolean {
  return ['identifier', 'markov', 'unmodelled', 'null'].includes(kind);
}

/** Whether encoders are of columns of a table. */
export function areOfTable(encoders: readonly ColumnEncoder[]): boolean {
  return layoutOf(encoders).width > 0 && !encoders.some(isTensorEncoder);
}

/** Fits the encoders of a table. @throws SchemaError when no column can be learned. */
export async function fitEncoders({
  schema,
  batches,
  columns,
  unmodelled,
  texts,
  signal,
}: TrainingData): Promise<ColumnEncoder[]> {
  const encoders = await inferEncoders(schema, batches, columns, { unmodelled, texts, signal });
  assertLearnable(schema, encoders);
  return encoders;
}
