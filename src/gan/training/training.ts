import type { ExecutionTarget } from '../../compute/engines/options.js';
import type { Feed } from '../../compute/program.js';
import type { HostTensors, StepFunction } from '../../compute/tensor.js';
import type { StepInputs } from '../../nn/step-inputs.js';
import type { Random } from '../../random.js';

/** Networks and the data that they learn from, of whatever family. */
export interface Training {
  /** What a step is fed: noise, which the loop fills, and data. */
  readonly inputs: StepInputs;
  /** One step; its outputs are the losses, scalars by name. */
  readonly step: StepFunction;
  /** The state before the first step: weights, running statistics and the optimisers'. */
  state(random: Random): HostTensors;
  /**
   * Fills the inputs that are not noise.
   *
   * @param step From 0.
   * @param steps Steps in all, which learning rates may depend on.
   */
  fillData(feed: Feed, random: Random, step: number, steps: number): void;
  /** The same with learning rates times `factor`; without it a training that diverges has failed. */
  scaleLearningRate?(factor: number): Training;
  /** How good a state is by rows that were held out; without it the last state is the best. */
  score?(state: HostTensors, target: Partial<ExecutionTarget>): Promise<Score>;
}

/** How good the rows of a generator are. */
export interface Score {
  /** Higher is better. */
  readonly score: number;
  /** Scores that differ by no more say nothing: of two such states the later one is kept. Default 0. */
  readonly noise?: number | undefined;
  /** Different rows among as many made as held out ones, over those of the held out ones. */
  readonly variety: number;
  /** What is wrong with what is made, in words, where it is plain. */
  readonly alarm?: string | undefined;
}
