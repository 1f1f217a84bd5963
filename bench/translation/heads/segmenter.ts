import { logSumExp, mean, mul, type Scalar, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { compile } from '../../../src/compute/compile.js';
import type { HostTensors } from '../../../src/compute/tensor.js';
import { type LabelAgreement, labelAgreement } from '../../../src/evaluate/translation/dice.js';
import { unet } from '../../../src/gan/families/translation/networks/unet.js';
import { gradientsOf, select } from '../../../src/nn/gradients.js';
import { createOptimizer, optimize } from '../../../src/nn/optimizers/optimizer.js';
import { scope, unscope } from '../../../src/nn/scope.js';
import { pixels, type Slices, shape } from './slices.js';
import { drawFor, tissues } from './volumes.js';

const batch = 8;
const labels = [0, ...tissues.keys()].map((_, label) => label);
const classes = tissues.length + 1;
const adam = { kind: 'adam', learningRate: 1e-3, betas: [0.9, 0.999] } as const;
/** The network's outputs lie within −1 and 1: these are its logits. */
const logitScale = 5;

const network = unet({ ...shape, channels: 1 }, classes, { filters: 16, levels: 4, dropout: 0 });
const imagesInput = { shape: [batch, shape.height, shape.width, 1], dtype: 'float32' } as const;
const logitsOf = (weights: Parameters<typeof network.apply>[0], images: Tensor) =>
  mul(network.apply(weights, images, { training: true }).y, logitScale);

/** Trains a small U-Net to tell tissues, by cross-entropy. */
export async function trainSegmenter(
  slices: Slices,
  { steps, seed }: { readonly steps: number; readonly seed: number },
): Promise<HostTensors> {
  const weights = unscope(network.create(drawFor(seed, 'segmenter')), 'unet/');
  const program = await compile({
    state: { ...weights, ...createOptimizer('unet', adam, weights) },
    inputs: {
      images: imagesInput,
      wanted: { shape: [batch, shape.height, shape.width, classes], dtype: 'float32' },
    },
    step(state, { images, wanted }) {
      const { value, gradients } = gradientsOf(select(state, 'unet/'), (changed) => {
        const logits = logitsOf(scope(changed, 'unet/'), images as Tensor);
        const right = sum(mul(logits, wanted as Tensor), 3);
        return mean(sub(logSumExp(logits, 3), right)) as Scalar;
      });
      return {
        state: { ...state, ...optimize('unet', adam, state, gradients) },
        outputs: { loss: value },
      };
    },
  });
  const random = drawFor(seed, 'order');
  const images = new Float32Array(batch * pixels);
  const wanted = new Float32Array(batch * pixels * classes);
  try {
    for (let step = 0; step < steps; step++) {
      wanted.fill(0);
      for (let row = 0; row < batch; row++) {
        const index = random.integer(slices.count);
        fillImage(slices, index, images, row * pixels);
        for (let k = 0; k < pixels; k++) {
          const label = slices.labels[index * pixels + k] as number;
          wanted[(row * pixels + k) * classes + label] = 1;
        }
      }
      await program.run({ images, wanted });
    }
    return scope(program.readState(), 'unet/');
  } finally {
    await program.dispose();
  }
}

/** How well a trained U-Net tells the tissues of slices. */
export async function judgeSegmenter(
  weights: HostTensors,
  slices: Slices,
): Promise<LabelAgreement> {
  const program = await compile({
    state: weights,
    inputs: { images: imagesInput },
    step: (state, { images }) => ({
      state,
      outputs: { logits: logitsOf(state, images as Tensor) },
    }),
  });
  const found = new Uint8Array(slices.count * pixels);
  const images = new Float32Array(batch * pixels);
  try {
    for (let start = 0; start < slices.count; start += batch) {
      const rows = Math.min(batch, slices.count - start);
      for (let row = 0; row < rows; row++) fillImage(slices, start + row, images, row * pixels);
      const logits = (await program.run({ images })).logits?.values as Float32Array;
      for (let k = 0; k < rows * pixels; k++) {
        const own = logits.subarray(k * classes, (k + 1) * classes);
        found[start * pixels + k] = own.indexOf(Math.max(...own));
      }
    }
  } finally {
    await program.dispose();
  }
  return labelAgreement(found, slices.labels, labels);
}

/** One slice in units of its own brightness: its 98th percentile is 1, and nothing is −1. */
function fillImage({ images }: Slices, index: number, target: Float32Array, to: number): void {
  const slice = images.subarray(index * pixels, (index + 1) * pixels);
  const bright = slice.filter((value) => value > 0).sort();
  const unit = bright[Math.floor(0.98 * bright.length)] || 1;
  for (let k = 0; k < pixels; k++) {
    target[to + k] = Math.min((2 * (slice[k] as number)) / unit, 2.5) - 1;
  }
}
