import { trainBoosting } from './boosting/boosting.js';
import { trainLinear } from './linear/linear.js';
import type { Trainer } from './model.js';

/** A model that utility is measured with: boosted trees, or logistic and ridge regression. */
export type ModelName = (typeof modelNames)[number];
export const modelNames = ['boosting', 'linear'] as const;

/** Enough rounds for utility; each sees a share of the rows, so that seeds differ. */
const boosting = { rounds: 60, subsample: 0.8 };

export const trainers: Readonly<Record<ModelName, Trainer>> = {
  boosting: (examples, task, seed) => trainBoosting(examples, task, { ...boosting, seed }),
  linear: (examples, task) => trainLinear(examples, task),
};
