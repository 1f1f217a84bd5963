import type { Feed } from '../compute/program.js';
import type { TensorSpec } from '../compute/tensor.js';
import type { Random } from '../random.js';

/** Where an input of a step comes from: the data, or noise of a distribution. */
export type Filling =
  | 'data'
  | 'normal'
  | 'uniform'
  | 'gumbel'
  /** 0 at this rate, else 1 / (1 − rate). */
  | { readonly dropout: number };

export type StepInputs = Record<string, TensorSpec & { readonly fill: Filling }>;

/** Fills the noise inputs, each from a stream of its own. */
export function fillNoise(inputs: StepInputs, feed: Feed, random: Random): void {
  for (const [name, { fill }] of Object.entries(inputs)) {
    if (fill !== 'data') fillInput(fill, random.fork(name), feed[name] as Float32Array);
  }
}

function fillInput(fill: Exclude<Filling, 'data'>, random: Random, target: Float32Array): void {
  if (fill === 'normal') random.fillNormal(target);
  else if (fill === 'uniform') random.fillUniform(target);
  else if (fill === 'gumbel') random.fillGumbel(target);
  else random.fillDropout(target, fill.dropout);
}
