import type { RecordBatch, Vector } from 'apache-arrow';
import { columnOf } from '../../encode/table.js';
import type { TensorEncoder } from '../../encode/tensor/encoder.js';
import type { Model } from '../../gan/model/model.js';

/** Images of a column as a model sees them: [count, height, width, channels], numbers in [−1, 1]. */
export interface EncodedImages {
  readonly encoder: TensorEncoder;
  readonly count: number;
  readonly values: Float32Array;
}

/** The encoder of one of a model's columns. */
export function encoderOf({ schema, encoders }: Model, column: string): TensorEncoder {
  return encoders[schema.fields.findIndex(({ name }) => name === column)] as TensorEncoder;
}

/** Reads a column of rows that all have a tensor there, by the model's encoder of it. */
export function encodeImages(model: Model, batch: RecordBatch, column: string): EncodedImages {
  const encoder = encoderOf(model, column);
  const place = batch.schema.fields.findIndex(({ name }) => name === column);
  const { rows, fill } = encoder.read(columnOf([batch], place) as Vector);
  const size = encoder.shape.reduce((product, length) => product * length, 1);
  const values = new Float32Array(rows.length * size);
  for (let index = 0; index < rows.length; index++) fill(index, values, index * size);
  return { encoder, count: rows.length, values };
}

/** The label of each pixel, as its place among the encoder's labels. */
export function labelPlaces({ encoder, values }: EncodedImages): Int32Array {
  const channels = encoder.shape[2] as number;
  return Int32Array.from({ length: values.length / channels }, (_, pixel) => {
    const own = values.subarray(pixel * channels, (pixel + 1) * channels);
    return own.indexOf(1);
  });
}

/** The labels that an encoder of label maps knows, in ascending order. */
export function labelsOf(encoder: TensorEncoder): readonly number[] {
  return encoder.toJSON().labels as readonly number[];
}
