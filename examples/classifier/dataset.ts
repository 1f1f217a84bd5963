import * as tf from '@tensorflow/tfjs';
import type { DenseTensor, TensorBatch } from 'gan-augment';

/** What tfjs trains on: rows are asked for anew in each epoch. For models of one input. */
export function toDataset(open: () => AsyncIterable<TensorBatch>) {
  return tf.data.generator(async function* () {
    for await (const { xs, ys } of open()) {
      const [x] = Object.values(xs);
      if (x && ys) yield { xs: toTensor(x), ys: toTensor(ys) };
    }
  });
}

const toTensor = ({ values, shape }: DenseTensor) => tf.tensor(values, shape);
