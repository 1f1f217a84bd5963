import { mean, mul, type Scalar, slice, sub, sum, type Tensor2D } from '@tensorflow/tfjs-core';
import { createSegments, logSumExpSegments, sumSegments } from '../../../../nn/layers/segments.js';
import type { RowShape } from '../shape.js';

/** Cross-entropy between the wanted category and the generator's logits for that column. */
export function conditionLoss(shape: RowShape, logits: Tensor2D, condition: Tensor2D): Scalar {
  const segments = createSegments(shape.categories);
  const categories = slice(logits, [0, shape.scalars], [logits.shape[0], shape.condition]);
  const chosen = sumSegments(segments, condition);
  const normalizer = sum(mul(chosen, logSumExpSegments(segments, categories)), 1);
  return mean(sub(normalizer, sum(mul(condition, categories), 1)));
}
