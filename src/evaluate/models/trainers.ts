import { trainBoosting } from './boosting/boosting.js';
import type { Task, Trainer } from './model.js';

/** A model that utility is measured with. */
export type ModelName = 'boosting';

/** Rounds, and the share of the rows that each sees: enough for utility, and different each seed. */
const boosting = { rounds: 60, subsample: 0.8 };

export function trainerOf(_name: ModelName, _task: Task): Trainer {
  return (examples, task, seed) => trainBoosting(examples, task, { ...boosting, seed });
}
