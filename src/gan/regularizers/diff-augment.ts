import {
  abs,
  add,
  cast,
  matMul,
  mean,
  mul,
  range,
  relu,
  reshape,
  slice,
  step,
  sub,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
  transpose,
} from '@tensorflow/tfjs-core';
import type { Augmentation } from './augmentations.js';

/** Uniform numbers that each image takes. */
const numbersOf: Readonly<Record<Augmentation, number>> = { color: 3, translation: 2, cutout: 2 };

/** Uniform numbers that `augmentImages` takes for each image. */
export function augmentationNumbers(augmentations: readonly Augmentation[]): number {
  return augmentations.reduce((sum, each) => sum + numbersOf[each], 0);
}

/**
 * Differentiable augmentation (Zhao et al. 2020): the critic sees real and fake images changed alike,
 * and the generator learns through the change. For few images, of which the critic would learn each.
 *
 * - 'color': brightness ±0.5, contrast and, of three channels, saturation by half or to the double.
 * - 'translation': up to an eighth of height and width, whole pixels; 0 comes in at the edges.
 * - 'cutout': a square of half the height and width becomes 0.
 *
 * @param x [rows, height, width, channels]
 * @param uniforms [rows, augmentationNumbers]
 */
export function augmentImages(
  x: Tensor4D,
  augmentations: readonly Augmentation[],
  uniforms: Tensor,
): Tensor4D {
  const [rows] = x.shape;
  let [y, next] = [x, 0];
  /** The next uniform number of each image, [rows, 1, 1, 1]. */
  const draw = () => reshape(slice(uniforms, [0, next++], [rows, 1]), [rows, 1, 1, 1]);
  for (const each of augmentations) {
    if (each === 'color') y = changeColor(y, draw(), draw(), draw());
    else if (each === 'translation') y = translate(y, draw(), draw());
    else y = cutOut(y, draw(), draw());
  }
  return y;
}

function changeColor(x: Tensor4D, bright: Tensor, saturated: Tensor, contrast: Tensor): Tensor4D {
  const brightened = add<Tensor4D>(x, sub(bright, 0.5));
  const spread = (y: Tensor4D, axes: number[], factor: Tensor) => {
    const center = mean(y, axes, true);
    return add<Tensor4D>(mul(sub(y, center), factor), center);
  };
  const colored = x.shape[3] === 3 ? spread(brightened, [3], mul(saturated, 2)) : brightened;
  return spread(colored, [1, 2, 3], add(contrast, 0.5));
}

function translate(x: Tensor4D, down: Tensor, right: Tensor): Tensor4D {
  const [rows, height, width, channels] = x.shape;
  const moved = matMul(
    shifts(down, height),
    reshape(x, [rows, height, width * channels]) as Tensor3D,
  );
  const turned = transpose(reshape(moved, [rows, height, width, channels]), [0, 2, 1, 3]);
  const flat = reshape(turned, [rows, width, height * channels]) as Tensor3D;
  const both = reshape(matMul(shifts(right, width), flat), [rows, width, height, channels]);
  return transpose(both, [0, 2, 1, 3]) as Tensor4D;
}

/** For each image the matrix that moves its lines by a whole number within an eighth: [rows, size, size]. */
function shifts(uniforms: Tensor, size: number): Tensor3D {
  const most = Math.round(size / 8);
  const moves = sub(cast(mul(uniforms, 2 * most + 1), 'int32'), most);
  const from = reshape(range(0, size), [1, 1, size]);
  const to = reshape(range(0, size), [1, size, 1]);
  const distance = sub(sub(to, from), reshape(moves, [moves.size, 1, 1]));
  return relu(sub(1, abs(distance))) as Tensor3D;
}

function cutOut(x: Tensor4D, down: Tensor, right: Tensor): Tensor4D {
  const [, height, width] = x.shape;
  const inside = (uniforms: Tensor, size: number, shape: number[]) => {
    const distance = abs(sub(reshape(range(0, size), shape), mul(uniforms, size)));
    return step(sub(size / 4, distance));
  };
  const hole = mul(inside(down, height, [1, height, 1, 1]), inside(right, width, [1, 1, width, 1]));
  return mul(x, sub(1, hole));
}
