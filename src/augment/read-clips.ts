import type { Field, RecordBatch, Vector } from 'apache-arrow';
import type { TensorEncoder } from '../encode/tensor/encoder.js';

/** The videos of a column as numbers in [−1, 1], each [frames, height, width, channels]. */
export function readClips(
  batch: RecordBatch,
  { name }: Field,
  encoder: TensorEncoder,
): Float32Array[] {
  const size = encoder.shape.reduce((product, length) => product * length, 1);
  const { fill } = encoder.read(batch.getChild(name) as Vector);
  return Array.from({ length: batch.numRows }, (_, row) => {
    const clip = new Float32Array(size);
    fill(row, clip, 0);
    return clip;
  });
}
