import { trainBoosting } from './boosting/boosting.js';
import { trainCnn } from './cnn.js';
import { trainLinear } from './linear/linear.js';
import type { Trainer } from './model.js';

/**
 * A model that utility is measured with: boosted trees, logistic and ridge regression, or, of images
 * alone, a small convolutional network.
 */
export type ModelName = (typeof modelNames)[number];
export const modelNames = ['boosting', 'linear', 'cnn'] as const;

/** Enough rounds for utility; each sees a share of the rows, so that seeds differ. */
const boosting = { rounds: 60, subsample: 0.8 };

export const trainers: Readonly<Record<ModelName, Trainer>> = {
  boosting: (examples, task, seed) => trainBoosting(examples, task, { ...boosting, seed }),
  linear: (examples, task) => trainLinear(examples, task),
  cnn: trainCnn,
};
