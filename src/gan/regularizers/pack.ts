import { reshape, type Tensor, transpose } from '@tensorflow/tfjs-core';

/**
 * Joins each `pack` tensors to one with as many times the channels (PacGAN, Lin et al. 2018): the
 * critic sees whether they are too much alike. [rows, …, c] → [rows / pack, …, pack · c].
 */
export function packTensors(x: Tensor, pack: number): Tensor {
  if (pack === 1) return x;
  const [rows = 0, ...shape] = x.shape;
  const [inner, channels] = [shape.slice(0, -1), shape.at(-1) as number];
  const apart = reshape(x, [rows / pack, pack, ...shape]);
  const order = [0, ...inner.map((_, axis) => axis + 2), 1, inner.length + 2];
  return reshape(transpose(apart, order), [rows / pack, ...inner, pack * channels]);
}

/** Joins the labels of each `pack` images: [rows, classes] → [rows / pack, pack · classes]. */
export function packLabels<T extends Tensor>(label: T | undefined, pack: number): T | undefined {
  if (pack === 1 || !label) return label;
  const [rows, classes] = label.shape as [number, number];
  return reshape(label, [rows / pack, pack * classes]) as T;
}
