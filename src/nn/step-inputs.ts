import type { Feed } from '../compute/program.js';
import type { TensorSpec } from '../compute/tensor.js';
import type { Random } from '../random.js';

/** Where an input of a step comes from: the data, or noise of a distribution. */
export type InputSource =
  | 'data'
  | 'normal'
  | 'uniform'
  /** Uniform in (−1, 1). */
  | 'symmetricUniform'
  | 'gumbel'
  /** 0 at this rate, else 1 / (1 − rate). */
  | { readonly dropout: number };

export type StepInputs = Record<string, TensorSpec & { readonly source: InputSource }>;

/** Fills the noise inputs, each from a stream of its own. */
export function fillNoise(inputs: StepInputs, feed: Feed, random: Random): void {
  for (const [name, { source }] of Object.entries(inputs)) {
    if (source !== 'data') fillInput(source, random.fork(name), feed[name] as Float32Array);
  }
}

function fillInput(
  source: Exclude<InputSource, 'data'>,
  random: Random,
  target: Float32Array,
): void {
  if (source === 'normal') random.fillNormal(target);
  else if (source === 'uniform') random.fillUniform(target);
  else if (source === 'symmetricUniform') fillSymmetric(random, target);
  else if (source === 'gumbel') random.fillGumbel(target);
  else random.fillDropout(target, source.dropout);
}

function fillSymmetric(random: Random, target: Float32Array): void {
  random.fillUniform(target);
  for (let k = 0; k < target.length; k++) target[k] = 2 * (target[k] as number) - 1;
}
