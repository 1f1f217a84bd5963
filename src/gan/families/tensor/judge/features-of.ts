import type { Tensor } from '@tensorflow/tfjs-core';
import { compile } from '../../../../compute/compile.js';
import type { ExecutionTarget } from '../../../../compute/engines/options.js';
import { type HostTensors, sizeOf } from '../../../../compute/tensor.js';
import { readEma } from '../../../../nn/ema.js';
import { scope, unscope } from '../../../../nn/scope.js';
import type { Random } from '../../../../random.js';
import { featureSize } from '../../../features/random-features.js';
import type { TensorFeatures } from '../../../features/tensor-features.js';
import { openGenerator } from '../../../sampling/run-generator.js';
import type { TensorSource } from '../fill-data.js';
import { samplingInputs } from '../inputs.js';
import { generate } from '../objectives.js';
import type { TensorGan } from '../tensor-gan.js';

/** Tensors of one run. */
const batch = 50;

/** Computes the features of tensors, [count, size]. */
export async function featuresOfTensors(
  network: TensorFeatures,
  shape: readonly number[],
  { count, fill }: TensorSource,
  target: Partial<ExecutionTarget>,
): Promise<Float32Array> {
  const program = await compile(
    {
      state: network.weights,
      inputs: { tensors: { shape: [batch, ...shape], dtype: 'float32' } },
      step: (state, { tensors }) => ({
        state,
        outputs: { features: network.apply(state, tensors as Tensor) },
      }),
    },
    target,
  );
  const size = sizeOf(shape);
  const tensors = new Float32Array(batch * size);
  try {
    return await gather(count, async (start, rows) => {
      for (let row = 0; row < rows; row++) fill(start + row, tensors, row * size);
      return program.run({ tensors });
    });
  } finally {
    await program.dispose();
  }
}

/** Computes the features of tensors that a state makes: as many as there are, with their labels. */
export async function featuresOfState(
  gan: TensorGan,
  network: TensorFeatures,
  state: HostTensors,
  { count, labels }: TensorSource,
  random: Random,
  target: Partial<ExecutionTarget>,
): Promise<Float32Array> {
  const { recipe, classes } = gan;
  const inputs = samplingInputs(recipe, classes, batch);
  const weights = scope(readEma(state) ?? state, 'generator/');
  const program = await compile(
    {
      state: { ...unscope(weights, 'generator/'), ...unscope(network.weights, 'features/') },
      inputs,
      step(all, fed) {
        const tensors = generate(gan, scope(all, 'generator/'), fed);
        const features = network.apply(scope(all, 'features/'), tensors);
        return { state: all, outputs: { features } };
      },
    },
    target,
  );
  const generator = openGenerator(program, inputs);
  try {
    return await gather(count, async (start, rows) => {
      const { outputs } = await generator.run(random.fork('latent', start), ({ label }) => {
        if (!label) return;
        label.fill(0);
        for (let row = 0; row < rows; row++) {
          label[row * classes + (labels?.[start + row] as number)] = 1;
        }
      });
      return outputs;
    });
  } finally {
    await generator.dispose();
  }
}

/** Joins what runs give for `count` tensors. */
async function gather(
  count: number,
  run: (start: number, rows: number) => Promise<HostTensors>,
): Promise<Float32Array> {
  const all = new Float32Array(count * featureSize);
  for (let start = 0; start < count; start += batch) {
    const rows = Math.min(batch, count - start);
    const { features } = await run(start, rows);
    const values = features?.values as Float32Array;
    all.set(values.subarray(0, rows * featureSize), start * featureSize);
  }
  return all;
}
