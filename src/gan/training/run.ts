import { compile } from '../../compute/compile.js';
import type { ExecutionTarget } from '../../compute/engines/options.js';
import { type Feed, feedOfStep } from '../../compute/program.js';
import { type HostTensors, mapEntries, sizeOf } from '../../compute/tensor.js';
import { fillNoise, type StepInputs } from '../../nn/step-inputs.js';
import type { Random } from '../../random.js';
import type { Training } from './training.js';

/** Each run copies the state once, so that more steps a run cost less; and are aborted later. */
const stepsPerRun = 8;

/** Bytes of what the steps of a run are fed, about; big inputs have fewer steps a run. */
const runBytes = 2 ** 25;

/** Losses of one step by name. */
export type Losses = Readonly<Record<string, number>>;

/** Networks that are being trained. */
export interface TrainingRun {
  /** Most steps that are made at once. */
  readonly stepsAtOnce: number;
  /** Memory that it takes, about, besides the data: state, inputs and, of onnx, activations. */
  readonly bytes: number;
  /**
   * Makes the steps from `first` on. A step draws from a stream of its own, so that how many are made
   * at once changes nothing.
   */
  steps(first: number, count: number, random: Random): Promise<Losses[]>;
  /** A copy of the state as it is now. */
  readState(): HostTensors;
  dispose(): Promise<void>;
}

export async function openRun(
  { inputs, step, fillData }: Training,
  state: HostTensors,
  target: Partial<ExecutionTarget>,
  /** Steps of the whole training. */
  total: number,
): Promise<TrainingRun> {
  const program = await compile({ step, state, inputs }, target);
  const stepsAtOnce = stepsInRun(inputs);
  let buffers: Record<string, Float32Array> = {};
  let room = 0;
  return {
    stepsAtOnce,
    // The state three times: as it comes in, as it goes out, and a copy to go back to.
    bytes: 3 * bytesOf(state) + stepsAtOnce * bytesOf(inputs) + (program.activationBytes ?? 0),
    async steps(first, count, random) {
      if (count > room) {
        room = count;
        buffers = mapEntries(inputs, ({ shape }) => new Float32Array(count * sizeOf(shape)));
      }
      const feed: Feed = mapEntries(inputs, ({ shape }, name) =>
        (buffers[name] as Float32Array).subarray(0, count * sizeOf(shape)),
      );
      for (let k = 0; k < count; k++) {
        const stepRandom = random.fork('step', first + k);
        const stepFeed = feedOfStep(inputs, feed, k);
        fillNoise(inputs, stepFeed, stepRandom.fork('noise'));
        fillData(stepFeed, stepRandom.fork('data'), first + k, total);
      }
      const losses = await program.run(feed, count);
      return Array.from({ length: count }, (_, k) =>
        mapEntries(losses, ({ values }) => values[k] as number),
      );
    },
    readState: () => program.readState(),
    dispose: () => program.dispose(),
  };
}

function stepsInRun(inputs: StepInputs): number {
  return Math.min(Math.max(Math.floor(runBytes / bytesOf(inputs)), 1), stepsPerRun);
}

function bytesOf(tensors: Readonly<Record<string, { shape: readonly number[] }>>): number {
  return Object.values(tensors).reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
}
