import { compile } from '../../compute/compile.js';
import type { Place } from '../../compute/engines/options.js';
import { type Feed, feedOfStep } from '../../compute/program.js';
import { type HostTensors, mapEntries, type StepFunction, sizeOf } from '../../compute/tensor.js';
import { TrainingError } from '../../errors.js';
import type { Random } from '../../random.js';
import { fillNoise, type StepInputs } from '../noise.js';
import type { TrainingStep } from '../progress.js';

/** Networks and the data that they learn from, of whatever family. */
export interface Training {
  /** What a step is fed: noise, which the loop fills, and data. */
  readonly inputs: StepInputs;
  /** One step; its outputs are the scalars `criticLoss` and `generatorLoss`. */
  readonly step: StepFunction;
  /** The state before the first step: weights, running statistics and the optimisers'. */
  state(random: Random): HostTensors;
  /**
   * Fills the inputs that are not noise.
   *
   * @param step From 0.
   */
  fillData(feed: Feed, random: Random, step: number): void;
}

export interface TrainingOptions extends Partial<Place> {
  readonly steps: number;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((step: TrainingStep) => void) | undefined;
}

/** Each run copies the state once, so that more steps a run cost less; and are aborted later. */
const stepsPerRun = 8;

/** Bytes of what the steps of a run are fed, about; big inputs have fewer steps a run. */
const runBytes = 2 ** 25;

/**
 * Trains networks.
 *
 * @returns The state after the last step.
 * @throws TrainingError when a loss is no longer a number; the signal's reason when aborted.
 */
export async function train(
  { inputs, step, state, fillData }: Training,
  { steps, random, signal, onStep, ...place }: TrainingOptions,
): Promise<HostTensors> {
  const first = state(random.fork('weights'));
  const program = await compile({ step, state: first, inputs }, place);
  const perRun = Math.min(steps, stepsInRun(inputs));
  const buffers = mapEntries(inputs, ({ shape }) => new Float32Array(perRun * sizeOf(shape)));
  try {
    for (let done = 0; done < steps; ) {
      signal?.throwIfAborted();
      const count = Math.min(perRun, steps - done);
      const feed: Feed = mapEntries(inputs, ({ shape }, name) =>
        (buffers[name] as Float32Array).subarray(0, count * sizeOf(shape)),
      );
      for (let k = 0; k < count; k++) {
        const stepRandom = random.fork('step', done + k);
        const stepFeed = feedOfStep(inputs, feed, k);
        fillNoise(inputs, stepFeed, stepRandom.fork('noise'));
        fillData(stepFeed, stepRandom.fork('data'), done + k);
      }
      const losses = await program.run(feed, count);
      for (let k = 0; k < count; k++) {
        signal?.throwIfAborted();
        const loss = (name: string) => losses[name]?.values[k] as number;
        const [criticLoss, generatorLoss] = [loss('criticLoss'), loss('generatorLoss')];
        report({ step: ++done, steps, criticLoss, generatorLoss }, onStep);
      }
    }
    return program.readState();
  } finally {
    await program.dispose();
  }
}

function stepsInRun(inputs: StepInputs): number {
  const numbers = Object.values(inputs).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return Math.min(Math.max(Math.floor(runBytes / (4 * numbers)), 1), stepsPerRun);
}

/** Raises when a step's losses are no longer numbers; else reports them. */
function report(step: TrainingStep, onStep: TrainingOptions['onStep']): void {
  const { criticLoss, generatorLoss } = step;
  if (!Number.isFinite(criticLoss + generatorLoss)) {
    throw new TrainingError(
      `training diverged at step ${step.step} of ${step.steps}: critic loss ${criticLoss}, ` +
        `generator loss ${generatorLoss}. Try another seed, a lower learning rate or fewer steps`,
    );
  }
  onStep?.(step);
}
