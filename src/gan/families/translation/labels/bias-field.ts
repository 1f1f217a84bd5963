import {
  exp,
  matMul,
  reshape,
  type Tensor,
  type Tensor2D,
  tensor2d,
  transpose,
} from '@tensorflow/tfjs-core';
import type { ImageShape } from '../../../../encode/image/layout.js';

/** Knots of the field along each axis. */
export const biasKnots = 4;

/**
 * A smooth field of factors, e to the power of values that lie between those at a few knots.
 *
 * @param knots [rows, biasKnots, biasKnots]: logarithms at the knots.
 * @returns [rows, height, width, 1].
 */
export function biasField(knots: Tensor, { height, width }: ImageShape): Tensor {
  const rows = knots.shape[0] as number;
  // One axis after the other, each by a product with the weights of its knots.
  const across = matMul(
    reshape(knots, [rows * biasKnots, biasKnots]) as Tensor2D,
    betweenKnots(width),
  );
  const turned = transpose(reshape(across, [rows, biasKnots, width]), [0, 2, 1]);
  const down = matMul(reshape(turned, [rows * width, biasKnots]) as Tensor2D, betweenKnots(height));
  const field = transpose(reshape(down, [rows, width, height]), [0, 2, 1]);
  return exp(reshape(field, [rows, height, width, 1]));
}

/** Weights [knots, length] of the knots at each place: cosine-smooth between two of them. */
function betweenKnots(length: number): Tensor2D {
  const weights = new Float32Array(biasKnots * length);
  for (let place = 0; place < length; place++) {
    const at = length > 1 ? (place / (length - 1)) * (biasKnots - 1) : 0;
    const knot = Math.min(Math.floor(at), biasKnots - 2);
    const share = (1 - Math.cos(Math.PI * (at - knot))) / 2;
    weights[knot * length + place] = 1 - share;
    weights[(knot + 1) * length + place] = share;
  }
  return tensor2d(weights, [biasKnots, length]);
}
