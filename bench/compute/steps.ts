import type { Feed } from '../../src/compute/program.js';
import type { HostTensors, StepFunction } from '../../src/compute/tensor.js';
import type { StepInputs } from '../../src/nn/step-inputs.js';
import type { Random } from '../../src/random.js';
import { ctgan } from './ctgan.js';
import { dcgan } from './dcgan.js';
import { mlp } from './mlp.js';

/** A training step with all that it is fed. */
export interface TimedStep {
  readonly inputs: StepInputs;
  state(random: Random): HostTensors;
  readonly step: StepFunction;
  fill(feed: Feed, random: Random): void;
}

/** The steps that are timed, each as in bench/peers. */
export const steps = { mlp, dcgan, ctgan } satisfies Record<string, TimedStep>;
export type StepName = keyof typeof steps;
