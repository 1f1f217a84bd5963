import { reshape, type Tensor, transpose } from '@tensorflow/tfjs-core';

/**
 * Joins each `pack` images to one with as many times the channels (PacGAN, Lin et al. 2018): the
 * critic sees whether images are too much alike. [rows, h, w, c] → [rows / pack, h, w, pack · c].
 */
export function packImages(x: Tensor, pack: number): Tensor {
  if (pack === 1) return x;
  const [rows, height, width, channels] = x.shape as [number, number, number, number];
  const apart = reshape(x, [rows / pack, pack, height, width, channels]);
  return reshape(transpose(apart, [0, 2, 3, 1, 4]), [rows / pack, height, width, pack * channels]);
}

/** Joins the labels of each `pack` images: [rows, classes] → [rows / pack, pack · classes]. */
export function packLabels<T extends Tensor>(label: T | undefined, pack: number): T | undefined {
  if (pack === 1 || !label) return label;
  const [rows, classes] = label.shape as [number, number];
  return reshape(label, [rows / pack, pack * classes]) as T;
}
