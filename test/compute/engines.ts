import { expect } from 'vitest';
import { compile, type Engine } from '../../src/compute/compile.js';
import type { Feed } from '../../src/compute/program.js';
import {
  type HostTensors,
  mapEntries,
  type StepFunction,
  type TensorSpec,
  type Tensors,
} from '../../src/compute/tensor.js';
import { createRandom } from '../../src/random.js';

/** A function of tensors without a state. */
export type Pure = (inputs: Tensors) => Tensors;

/** Runs a function once on an engine. */
export async function evaluate(
  engine: Engine,
  pure: Pure,
  inputs: Record<string, TensorSpec & { values: Float32Array | Int32Array }>,
): Promise<HostTensors> {
  const step: StepFunction = (_state, fed) => ({ state: {}, outputs: pure(fed) });
  const program = await compile({ step, state: {}, inputs }, { engine });
  try {
    const outputs = await program.run(mapEntries(inputs, ({ values }) => values) as Feed);
    return mapEntries(outputs, (output) => ({ ...output, values: output.values.slice() }));
  } finally {
    await program.dispose();
  }
}

/** Random float32 input of a shape, uniform in [low, high). */
export function randomInput(shape: readonly number[], seed: number, low = -2, high = 2) {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  const values = createRandom(seed).fillUniform(new Float32Array(size));
  return { shape, dtype: 'float32', values: values.map((u) => low + u * (high - low)) } as const;
}

/** Largest difference between two sets of tensors, relative to the larger of 1 and the values. */
export function largestDifference(a: HostTensors, b: HostTensors): number {
  let worst = 0;
  for (const [name, { values }] of Object.entries(a)) {
    const others = b[name]?.values;
    if (others?.length !== values.length) return Number.POSITIVE_INFINITY;
    values.forEach((value, k) => {
      const other = others[k] as number;
      const same = Object.is(value, other);
      const difference = Math.abs(value - other) / Math.max(1, Math.abs(other));
      worst = Math.max(worst, same ? 0 : difference);
      if (!same && Number.isNaN(difference)) worst = Number.POSITIVE_INFINITY;
    });
  }
  return worst;
}

/** Runs a function on both engines and expects the same, up to rounding. */
export async function expectEnginesToAgree(
  pure: Pure,
  inputs: Parameters<typeof evaluate>[2],
  within = 2e-6,
): Promise<void> {
  const native = await evaluate('onnx', pure, inputs);
  const eager = await evaluate('tfjs', pure, inputs);
  expect(Object.keys(native).length).toBeGreaterThan(0);
  expect(largestDifference(native, eager)).toBeLessThanOrEqual(within);
}
