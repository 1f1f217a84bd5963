import type { Field, RecordBatch, Schema } from 'apache-arrow';
import type { ColumnEncoder } from '../../../encode/encoder.js';
import { fitImage, type ImageEncoder, isImageEncoder } from '../../../encode/image/image.js';
import { imageLayout } from '../../../encode/image/layout.js';
import { type ColumnOptions, inferEncoder } from '../../../encode/infer.js';
import { columnOf } from '../../../encode/table.js';
import { unmodelled } from '../../../encode/unmodelled.js';
import { InvalidOptionError, SchemaError } from '../../../errors.js';
import { yieldToEventLoop } from '../../../threads/abortable.js';
import type { TrainingData } from '../family.js';

/** Columns that hold images, as far as their type says. */
export function imageColumns(schema: Schema): Field[] {
  return schema.fields.filter((field) => imageLayout(field) !== undefined);
}

/** Which columns of a table of images are which. */
export interface ImageColumns {
  /** Place of the images among the columns. */
  readonly image: number;
  readonly images: ImageEncoder;
  /** The column of labels, if there is one, and rows of the sample by class. */
  readonly label?: { readonly column: number; readonly counts: readonly number[] } | undefined;
}

/** Finds the columns again from their encoders: no other column has spans. */
export function findColumns(encoders: readonly ColumnEncoder[]): ImageColumns | undefined {
  const image = encoders.findIndex(isImageEncoder);
  if (image < 0) return undefined;
  const images = encoders[image] as ImageEncoder;
  const column = encoders.findIndex(({ spans }) => spans.length > 0);
  const [span] = encoders[column]?.spans ?? [];
  if (!span) return { image, images };
  if (span.kind !== 'onehot' || span.role !== 'category') return undefined;
  return { image, images, label: { column, counts: span.counts } };
}

/**
 * Encoders for a table of images: of the images, of the labels if a target is named, and of the
 * other columns, which are not learned: one that is constant or names rows stays so, others are null.
 *
 * @throws SchemaError unless there is one column of images; for a target that cannot be labels; and
 * for another column that can neither be made up nor null.
 */
export async function fitColumns({
  schema,
  batches,
  columns = {},
  unmodelled: choice,
  target,
  signal,
}: TrainingData): Promise<ColumnEncoder[]> {
  const image = theImages(schema);
  if (target === image.name) {
    throw new InvalidOptionError(`fit.target must name labels, not the images: '${target}'`);
  }
  const encoders: ColumnEncoder[] = [];
  for (const [place, field] of schema.fields.entries()) {
    await yieldToEventLoop(signal);
    const vector = columnOf(batches as RecordBatch[], place) as NonNullable<
      ReturnType<typeof columnOf>
    >;
    const own = Object.hasOwn(columns, field.name) ? columns[field.name] : undefined;
    if (field === image) encoders.push(fitImage(field, vector));
    else if (field.name === target) {
      encoders.push(inferEncoder(field, vector, { ...own, kind: 'categorical' }));
    } else encoders.push(fitOther(field, vector, { unmodelled: choice, ...own }));
  }
  return encoders;
}

function theImages(schema: Schema): Field {
  const found = imageColumns(schema);
  if (found.length === 1) return found[0] as Field;
  const names = (fields: readonly Field[]) => fields.map(({ name }) => name).join(', ');
  throw new SchemaError(
    found.length === 0
      ? `there is no column of images: ${names(schema.fields)}. Images are tensors of shape ` +
          '[height, width, channels], with 1 to 4 channels'
      : `there are several columns of images: ${names(found)}. Keep one of them`,
  );
}

function fitOther(
  field: Field,
  vector: Parameters<typeof inferEncoder>[1],
  options: ColumnOptions,
): ColumnEncoder {
  const encoder = inferEncoder(field, vector, options);
  if (encoder.spans.length === 0) return encoder;
  if (field.nullable && options.unmodelled !== 'refuse') return unmodelled(field, 'null');
  throw new SchemaError(
    `column '${field.name}' is not learned beside images` +
      `${field.nullable ? ', and was not to be null' : ', and cannot be null'} in synthetic rows: ` +
      `${field.type}. Name it as the target if it holds labels, or drop it`,
  );
}
