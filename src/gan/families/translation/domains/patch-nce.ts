import {
  add,
  div,
  gather,
  logSumExp,
  matMul,
  mean,
  mul,
  reshape,
  type Scalar,
  slice,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { Tensors } from '../../../../compute/tensor.js';
import { project } from '../networks/projections.js';

/**
 * Describes some places of images by unit vectors [places, 256], for each depth and each image.
 *
 * @param features Of the images at several depths, each [rows, height, width, features].
 * @param places Numbers of pixels [places], for each depth.
 * @param projections Weights of `createProjections`.
 */
export function describePlaces(
  features: readonly Tensor[],
  places: readonly Tensor1D[],
  projections: Tensors,
): Tensor2D[] {
  return features.flatMap((all, depth) =>
    imagesOf(all).map((pixels) =>
      project(projections, depth, gather(pixels, places[depth] as Tensor1D)),
    ),
  );
}

/** The features of each image: [pixels, features]. */
function imagesOf(features: Tensor): Tensor2D[] {
  const [rows = 0, height = 0, width = 0, channels = 0] = features.shape;
  return Array.from({ length: rows }, (_, row) =>
    reshape(slice(features, [row, 0, 0, 0], [1, height, width, channels]), [
      height * width,
      channels,
    ]),
  );
}

/**
 * The contrastive loss of CUT (Park et al. 2020): each place of an image that was made is to be more
 * like the same place of the image that went in than like its other places. The mean over depths,
 * images and places.
 *
 * @param made Places of images that were made, from `describePlaces`.
 * @param given The same places of those that went in.
 */
export function patchNce(
  made: readonly Tensor2D[],
  given: readonly Tensor2D[],
  temperature: number,
): Scalar {
  const terms = made.map((query, k) => {
    const key = given[k] as Tensor2D;
    const likeness = div<Tensor2D>(matMul(query, key, false, true), temperature);
    const same = div(sum(mul(query, key), 1), temperature);
    return mean(sub(logSumExp(likeness, 1), same)) as Scalar;
  });
  return div(
    terms.reduce((total, term) => add<Scalar>(total, term)),
    terms.length,
  );
}
