import { matMul, type Tensor2D } from '@tensorflow/tfjs-core';
import { compile } from '../../src/compute/compile.js';
import { optimise } from '../../src/compute/plan/optimise.js';
import { planOf } from '../../src/compute/plan/plan.js';
import { record } from '../../src/compute/record/record.js';
import { hostTensor, sizeOf, type Tensors } from '../../src/compute/tensor.js';
import { createRandom } from '../../src/random.js';
import type { TimedStep } from './steps.js';

/** Billions of floating-point operations in the matrix products of one step. */
export function gigaflopOf({ step, state, inputs }: TimedStep): number {
  const { nodes } = optimise(planOf(record(step, state(createRandom(1)), inputs)));
  const counts = nodes
    .filter(({ operator }) => operator === 'Gemm' || operator === 'MatMul')
    .map(({ inputs: [a], outputs: [product], attributes: { transA } }) => {
      const turned = transA !== undefined && 'int' in transA && transA.int === 1;
      const inner = a?.shape.at(turned ? -2 : -1) ?? 0;
      return 2 * sizeOf(product?.shape ?? []) * inner;
    });
  return counts.reduce((sum, count) => sum + count, 0) / 1e9;
}

/** Billions of operations a second of a 1024 × 1024 × 1024 product: what the machine can do. */
export async function measurePeak(threads: number): Promise<number> {
  const size = 1024;
  const shape = [size, size];
  const values = createRandom(1).fillUniform(new Float32Array(size * size));
  const program = await compile(
    {
      step: (_state: Tensors, { x }: Tensors) => ({
        state: { product: matMul(x as Tensor2D, x as Tensor2D) },
        outputs: {},
      }),
      state: { product: hostTensor(shape) },
      inputs: { x: { shape, dtype: 'float32' } },
    },
    { threads },
  );
  let best = 0;
  for (let run = 0; run < 20; run++) {
    const start = performance.now();
    await program.run({ x: values });
    best = Math.max(best, (2 * size ** 3) / ((performance.now() - start) * 1e6));
  }
  await program.dispose();
  return best;
}
