import {
  logSumExp,
  mean,
  mul,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { compile } from '../../compute/compile.js';
import type { HostTensors, StepFunction } from '../../compute/tensor.js';
import type { ImageShape } from '../../encode/image/layout.js';
import { createEma, readEma, updateEma } from '../../nn/ema.js';
import { gradientsOf, select } from '../../nn/gradients.js';
import { leakyRelu } from '../../nn/layers/activations.js';
import { convolution } from '../../nn/layers/convolution.js';
import { dense } from '../../nn/layers/dense.js';
import { createOptimizer, optimize } from '../../nn/optimizers/optimizer.js';
import { scope, unscope } from '../../nn/scope.js';
import { sequential } from '../../nn/sequential.js';
import { createRandom, type Seed } from '../../random.js';
import { yieldToEventLoop } from '../../threads/abortable.js';
import { lookAt, lookBatch } from './look.js';
import type { SeenImages } from './seen-images.js';

/** Images to learn from. */
export interface TaughtImages extends SeenImages {
  /** Puts what is wanted of image `index`, `outputs` numbers, into `target` from `to`, where 0 is. */
  teach(index: number, target: Float32Array, to: number): void;
}

/** What the network learns: to tell classes apart (cross-entropy), or numbers (squared error). */
export type Learning = 'classes' | 'numbers';

export interface ConvolutionsOptions {
  /** Numbers that come out. */
  readonly outputs: number;
  readonly learning: Learning;
  /** Steps of 64 images. */
  readonly steps: number;
  readonly seed: Seed;
  /** Changes the images of a step, [batch, …], before they are learned: classical augmentation. */
  readonly change?: ((pixels: Float32Array, shape: ImageShape, step: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const batch = 64;
export const featureSize = 64;
/** Share of the weights' running average that a step keeps, which judges: it is steadier than they are. */
const kept = 0.999;
const adam = { kind: 'adam', learningRate: 1e-3, betas: [0.9, 0.999] } as const;

/** Two convolutions, 64 features, and what comes of them. */
function networkFor({ height, width, channels }: ImageShape, outputs: number) {
  const inner = sequential({ shape: [height, width, channels], classes: 0 }, [
    convolution(16, { kernel: 5, stride: 2 }),
    leakyRelu(),
    convolution(32, { kernel: 5, stride: 2 }),
    leakyRelu(),
    dense(featureSize),
    leakyRelu(),
  ]);
  const outer = sequential({ shape: inner.shape, classes: 0 }, [dense(outputs)]);
  const use = { training: true };
  const apply = (state: Parameters<StepFunction>[0], images: Tensor) => {
    const features = inner.apply(scope(state, 'inner/'), images, use).y;
    return { features, outputs: outer.apply(scope(state, 'outer/'), features, use).y };
  };
  return { inner, outer, apply };
}

/** Trains a small convolutional network, and gives its weights. Events have their turn between steps. */
export async function trainConvolutions(
  { shape, count, fill, teach }: TaughtImages,
  { outputs, learning, steps, seed, change, signal }: ConvolutionsOptions,
): Promise<HostTensors> {
  const size = shape.height * shape.width * shape.channels;
  const random = createRandom(seed).fork('classifier');
  const { inner, outer, apply } = networkFor(shape, outputs);
  const weights = {
    ...unscope(inner.create(random.fork('inner')), 'inner/'),
    ...unscope(outer.create(random.fork('outer')), 'outer/'),
  };
  const program = await compile({
    state: { ...weights, ...createOptimizer('all', adam, weights), ...createEma(weights) },
    inputs: {
      images: { shape: [batch, shape.height, shape.width, shape.channels], dtype: 'float32' },
      wanted: { shape: [batch, outputs], dtype: 'float32' },
    },
    step(state, inputs) {
      const parameters = { ...select(state, 'inner/'), ...select(state, 'outer/') };
      const { value, gradients } = gradientsOf(parameters, (changed) => {
        const given = apply(changed, inputs.images as Tensor).outputs as Tensor2D;
        return lossOf(learning, given, inputs.wanted as Tensor2D);
      });
      const next = { ...state, ...optimize('all', adam, state, gradients) };
      const moved = { ...select(next, 'inner/'), ...select(next, 'outer/') };
      return { state: { ...next, ...updateEma(state, moved, kept) }, outputs: { loss: value } };
    },
  });
  try {
    const fed = {
      images: new Float32Array(batch * size),
      wanted: new Float32Array(batch * outputs),
    };
    const draw = random.fork('rows');
    for (let step = 0; step < steps; step++) {
      fed.wanted.fill(0);
      for (let row = 0; row < batch; row++) {
        const index = draw.integer(count);
        fill(index, fed.images, row * size);
        teach(index, fed.wanted, row * outputs);
      }
      change?.(fed.images, shape, step);
      await program.run(fed);
      if (step % 16 === 0) await yieldToEventLoop(signal);
    }
    return readEma(program.readState()) ?? weights;
  } finally {
    await program.dispose();
  }
}

/** Classes are wanted with a weight each, in the place of their class. */
function lossOf(learning: Learning, given: Tensor2D, wanted: Tensor2D): Scalar {
  if (learning === 'numbers') return mean(square(sub(given, wanted)));
  const normal = mul(logSumExp(given, 1), sum(wanted, 1)) as Tensor1D;
  return mean(sub(normal, sum(mul(given, wanted), 1)));
}

/** What a trained network says of images. */
export interface Convolutions {
  /** `count` images: their features, [count, 64], or its outputs, [count, outputs]. */
  see(
    images: Pick<SeenImages, 'count' | 'fill'>,
    what: 'features' | 'outputs',
  ): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** Makes a trained network ready to look at images. */
export async function openConvolutions(
  shape: ImageShape,
  outputs: number,
  weights: HostTensors,
): Promise<Convolutions> {
  const { apply } = networkFor(shape, outputs);
  const { height, width, channels } = shape;
  const program = await compile({
    state: weights,
    inputs: { images: { shape: [lookBatch, height, width, channels], dtype: 'float32' } },
    step: (state, { images }) => ({ state, outputs: apply(state, images as Tensor) }),
  });
  return {
    see: ({ count, fill }, what) =>
      lookAt(program, { shape, count, fill }, what, what === 'features' ? featureSize : outputs),
    dispose: () => program.dispose(),
  };
}
