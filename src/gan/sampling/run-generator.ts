import type { Feed, Program } from '../../compute/program.js';
import { mapEntries, sizeOf } from '../../compute/tensor.js';
import { fillNoise, type StepInputs } from '../../nn/step-inputs.js';
import type { Random } from '../../random.js';
import type { GeneratorRun } from '../families/family.js';

/** A generator's program with buffers for what it is fed: each run overwrites those of the one before. */
export interface OpenGenerator {
  /**
   * Makes one batch of rows.
   *
   * @param noise Gives the inputs that are noise.
   * @param fill Fills the others; they keep what they held before.
   */
  run(noise: Random, fill?: (feed: Feed) => void): Promise<GeneratorRun>;
  /** Frees native memory. */
  dispose(): Promise<void>;
}

/** @param inputs What the program is fed for the rows of one run. */
export function openGenerator(
  program: Pick<Program, 'run' | 'dispose'>,
  inputs: StepInputs,
): OpenGenerator {
  const feed: Feed = mapEntries(inputs, ({ shape }) => new Float32Array(sizeOf(shape)));
  return {
    async run(noise, fill) {
      fillNoise(inputs, feed, noise);
      fill?.(feed);
      return { feed, outputs: await program.run(feed) };
    },
    dispose: () => program.dispose(),
  };
}

/** Runs a generator once, and frees its program. */
export async function runGenerator(
  program: Program,
  inputs: StepInputs,
  noise: Random,
  fill?: (feed: Feed) => void,
): Promise<GeneratorRun> {
  const generator = openGenerator(program, inputs);
  try {
    return await generator.run(noise, fill);
  } finally {
    await generator.dispose();
  }
}
