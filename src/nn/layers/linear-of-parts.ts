import { add, matMul, type Tensor2D } from '@tensorflow/tfjs-core';
import { type HostTensors, hostTensor, type Tensors } from '../../compute/tensor.js';
import type { Random } from '../../random.js';
import { onehotProduct } from './onehot.js';

/** The inputs of a layer in parts: what lies side by side has a weight for each. */
export interface Part {
  readonly name: string;
  readonly x: Tensor2D;
  /** Set where each row has exactly one 1 in each of so many equal spans, and else zeros. */
  readonly onehotSpans?: number;
}

/**
 * Weights of a linear layer by parts of its inputs, `NAME/PART/weight` [size, outputs]; uniform in
 * ±1/√inputs of all parts, as a `createLinear` of the joined inputs would start.
 */
export function createLinearOfParts(
  name: string,
  sizes: Readonly<Record<string, number>>,
  outputs: number,
  random: Random,
): HostTensors {
  const inputs = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  const bound = 1 / Math.sqrt(inputs);
  return Object.fromEntries(
    Object.entries(sizes)
      .filter(([, size]) => size > 0)
      .map(([part, size]) => {
        const tensor = `${name}/${part}/weight`;
        const values = random.fork(tensor).fillUniform(new Float32Array(size * outputs));
        const weights = values.map((value) => (2 * value - 1) * bound);
        return [tensor, hostTensor([size, outputs], weights)];
      }),
  );
}

/**
 * The sum of each part's product with its weight, [rows, outputs]: that of the joined inputs, without
 * their copy, and without slopes along parts that are not trained.
 */
export function linearOfParts(state: Tensors, name: string, parts: readonly Part[]): Tensor2D {
  const products = parts.map(({ name: part, x, onehotSpans }): Tensor2D => {
    const weight = state[`${name}/${part}/weight`] as Tensor2D;
    return onehotSpans === undefined ? matMul(x, weight) : onehotProduct(x, weight, onehotSpans);
  });
  return products.reduce((total, product) => add<Tensor2D>(total, product));
}
