import {
  add,
  cast,
  customGrad,
  type GradSaveFunc,
  gather,
  matMul,
  reshape,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
} from '@tensorflow/tfjs-core';

/**
 * The product of one-hot rows and a weight [size, outputs]: where the ones are, rows of the weight are
 * looked up. Nearly all of a product would be with zeros.
 *
 * @param x [rows, size], each row of `spans` equal spans with exactly one 1 in each.
 * @returns [rows, outputs]. It can be differentiated once, by the weight.
 */
export function onehotProduct(x: Tensor2D, weight: Tensor2D, spans = 1): Tensor2D {
  const product = customGrad((w, save) => {
    const value = lookUp(x, w as Tensor2D, spans);
    (save as GradSaveFunc)([x]);
    const gradFunc = (dy: Tensor, [saved]: Tensor[]) =>
      matMul(saved as Tensor2D, dy as Tensor2D, true);
    return { value, gradFunc };
  });
  return product(weight) as Tensor2D;
}

function lookUp(x: Tensor2D, weight: Tensor2D, spans: number): Tensor2D {
  const [rows, size] = x.shape;
  const width = size / spans;
  const counts = Float32Array.from({ length: width }, (_, k) => k);
  const within = matMul(reshape(x, [rows * spans, width]), tensor2d(counts, [width, 1]));
  const starts = Float32Array.from({ length: spans }, (_, span) => span * width);
  const places = add(reshape(within, [rows, spans]), tensor1d(starts));
  const taken = gather(weight, cast(reshape(places, [rows * spans]), 'int32') as Tensor1D);
  return spans === 1 ? taken : sum(reshape(taken, [rows, spans, weight.shape[1]]), 1);
}
