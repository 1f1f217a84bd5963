import { imageSimilarity } from '../../../../data/images/similarity.js';
import type { ImageShape } from '../../../../encode/image/layout.js';
import type { Score } from '../../../training/training.js';
import { correlation, meanDifference } from '../compare.js';

/** Images [count, ...shape] in [−1, 1]: what went in, what was made of it, and the truth. */
export interface Triplets {
  readonly count: number;
  readonly source: ImageShape;
  readonly target: ImageShape;
  readonly sources: Float32Array;
  readonly made: Float32Array;
  readonly truths: Float32Array;
}

/** Images whose difference from the input is no more than this share of the truth's are copies of it. */
const identityShare = 0.1;

/** Images that go with the truth no better than this, in correlation, are inverted. */
const inverted = -0.3;

/**
 * Scores what a generator makes of held-out pairs: the mean structural similarity to the truth less
 * the mean absolute difference, which are 1 and 0 for the truth itself. `variety` is the deviation of
 * made images from their mean image, over that of the truth.
 */
export function scorePairs(triplets: Triplets): Score {
  const { count, target, made, truths } = triplets;
  const size = made.length / count;
  let [ssim, l1] = [0, 0];
  for (let k = 0; k < count; k++) {
    const part = (all: Float32Array) => all.subarray(k * size, (k + 1) * size);
    const similarity = imageSimilarity(part(made), part(truths), target, 2);
    ssim += similarity.ssim / count;
    l1 += similarity.l1 / count;
  }
  return {
    score: ssim - l1,
    variety: Math.sqrt(spread(made, count) / Math.max(spread(truths, count), 1e-12)),
    alarm: alarmOf(triplets),
  };
}

/** Mean squared deviation from the mean image. */
function spread(images: Float32Array, count: number): number {
  const size = images.length / count;
  const mean = new Float64Array(size);
  images.forEach((value, k) => {
    mean[k % size] = (mean[k % size] as number) + value / count;
  });
  let sum = 0;
  images.forEach((value, k) => {
    sum += (value - (mean[k % size] as number)) ** 2;
  });
  return sum / images.length;
}

function alarmOf({ source, target, sources, made, truths }: Triplets): string | undefined {
  if (correlation(made, truths) < inverted)
    return 'images are inverted: dark where the truth is bright';
  if (source.channels !== target.channels) return undefined;
  const change = meanDifference(truths, sources);
  if (change > 0 && meanDifference(made, sources) < identityShare * change) {
    return 'images come out as they went in';
  }
  return undefined;
}
