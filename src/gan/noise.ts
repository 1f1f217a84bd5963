import type { Feed } from '../compute/program.js';
import type { TensorSpec } from '../compute/tensor.js';
import type { Random } from '../random.js';

/** Where an input of a step comes from: the data, or noise of a distribution. */
export type Filling = 'data' | 'normal' | 'uniform';

export type StepInputs = Record<string, TensorSpec & { readonly fill: Filling }>;

/** Fills the noise inputs, each from a stream of its own. */
export function fillNoise(inputs: StepInputs, feed: Feed, random: Random): void {
  for (const [name, { fill }] of Object.entries(inputs)) {
    const target = feed[name] as Float32Array;
    if (fill === 'normal') random.fork(name).fillNormal(target);
    if (fill === 'uniform') random.fork(name).fillUniform(target);
  }
}
