import {
  div,
  exp,
  matMul,
  mul,
  neg,
  reshape,
  square,
  sum,
  type Tensor,
  type Tensor3D,
  tensor,
  transpose,
} from '@tensorflow/tfjs-core';
import type { ImageShape } from '../../../../encode/image/layout.js';

/**
 * Blurs each image by a Gaussian of its own; at an edge what lies beyond has no weight.
 *
 * @param images [rows, height, width, channels].
 * @param deviations [rows, 1, 1], in pixels, above 0.
 */
export function blurImages(
  images: Tensor,
  deviations: Tensor,
  { height, width }: ImageShape,
): Tensor {
  const rows = images.shape[0] as number;
  const channels = images.shape[3] as number;
  // Both axes by a product with a matrix of weights: along columns, then along rows.
  const down = matMul(
    weightsFor(height, deviations),
    reshape(images, [rows, height, width * channels]) as Tensor3D,
  );
  const turned = transpose(reshape(down, [rows, height, width, channels]), [0, 2, 1, 3]);
  const across = matMul(
    weightsFor(width, deviations),
    reshape(turned, [rows, width, height * channels]) as Tensor3D,
  );
  return transpose(reshape(across, [rows, width, height, channels]), [0, 2, 1, 3]);
}

/** Weights [rows, length, length] of a Gaussian, of which those of each place add up to 1. */
function weightsFor(length: number, deviations: Tensor): Tensor3D {
  const squares = Float32Array.from(
    { length: length * length },
    (_, k) => (Math.floor(k / length) - (k % length)) ** 2,
  );
  const distances = tensor(squares, [1, length, length]);
  const weights = exp(div(neg(distances), mul(2, square(deviations))));
  return div(weights, sum(weights, 2, true));
}
