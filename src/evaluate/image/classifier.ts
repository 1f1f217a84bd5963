import {
  logSumExp,
  mean,
  mul,
  type Scalar,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { compile } from '../../compute/compile.js';
import type { Program } from '../../compute/program.js';
import type { StepFunction } from '../../compute/tensor.js';
import type { ImageShape } from '../../encode/image/layout.js';
import { gradientsOf, select } from '../../gan/gradients.js';
import { scope, unscope } from '../../gan/image/scope.js';
import { convolution } from '../../gan/network/convolution.js';
import { dense } from '../../gan/network/dense.js';
import { leakyRelu } from '../../gan/network/plain.js';
import { sequence } from '../../gan/network/sequence.js';
import { createOptimizer, optimize } from '../../gan/optimizer/optimizer.js';
import { createAverage, moveAverage, readAverage } from '../../gan/regularize/average.js';
import { createRandom, type Seed } from '../../random.js';

/** Images as numbers in [−1, 1], [count, height, width, channels], each of a class from 0. */
export interface LabelledImages {
  readonly shape: ImageShape;
  readonly pixels: Float32Array;
  readonly labels: Int32Array;
}

/** What says of images of which class they are, and gives what it says so by. */
export interface ImageClassifier {
  /** The class of each image. */
  classify(pixels: Float32Array): Promise<Int32Array>;
  /** The features of each image, [count, size]. */
  features(pixels: Float32Array): Promise<{ values: Float32Array; size: number }>;
  dispose(): Promise<void>;
}

export interface ClassifierOptions {
  /** Default: 10 epochs, and at least 500 steps of 64 images. */
  readonly steps?: number | undefined;
  /** Default 0. */
  readonly seed?: Seed | undefined;
  /** Changes the images of a step, [batch, …], before they are learned: classical augmentation. */
  readonly change?: ((pixels: Float32Array, shape: ImageShape, step: number) => void) | undefined;
}

const batch = 64;
const featureSize = 64;
/** Share of the weights' running average that a step keeps, which judges: it is steadier than they are. */
const kept = 0.999;
const adam = { kind: 'adam', learningRate: 1e-3, betas: [0.9, 0.999] } as const;

/**
 * Trains a small convolutional network on images: two convolutions, 64 features, and the classes.
 *
 * Its features are its own: distances over them compare with each other, for one data set, and never
 * with the Inception FID of papers.
 */
export async function trainClassifier(
  { shape, pixels, labels }: LabelledImages,
  classes: number,
  { steps, seed = 0, change }: ClassifierOptions = {},
): Promise<ImageClassifier> {
  const size = shape.height * shape.width * shape.channels;
  const random = createRandom(seed).fork('classifier');
  const inner = sequence({ shape: [shape.height, shape.width, shape.channels], classes: 0 }, [
    convolution(16, { kernel: 5, stride: 2 }),
    leakyRelu(),
    convolution(32, { kernel: 5, stride: 2 }),
    leakyRelu(),
    dense(featureSize),
    leakyRelu(),
  ]);
  const outer = sequence({ shape: inner.shape, classes: 0 }, [dense(classes)]);
  const use = { training: true };
  const judge = (state: Parameters<StepFunction>[0], images: Tensor) => {
    const features = inner.apply(scope(state, 'inner/'), images, use).y;
    return { features, logits: outer.apply(scope(state, 'outer/'), features, use).y };
  };
  const weights = {
    ...unscope(inner.create(random.fork('inner')), 'inner/'),
    ...unscope(outer.create(random.fork('outer')), 'outer/'),
  };
  const images = {
    shape: [batch, shape.height, shape.width, shape.channels],
    dtype: 'float32',
  } as const;
  const program = await compile({
    state: { ...weights, ...createOptimizer('all', adam, weights), ...createAverage(weights) },
    inputs: { images, label: { shape: [batch, classes], dtype: 'float32' } },
    step(state, inputs) {
      const parameters = { ...select(state, 'inner/'), ...select(state, 'outer/') };
      const { value, gradients } = gradientsOf(parameters, (changed) => {
        const { logits } = judge(changed, inputs.images as Tensor);
        const wanted = sum(mul(logits, inputs.label as Tensor2D), 1);
        return mean(sub(logSumExp(logits, 1), wanted)) as Scalar;
      });
      const next = { ...state, ...optimize('all', adam, state, gradients) };
      const moved = { ...select(next, 'inner/'), ...select(next, 'outer/') };
      return { state: { ...next, ...moveAverage(state, moved, kept) }, outputs: { loss: value } };
    },
  });
  const count = labels.length;
  const total = steps ?? Math.max(500, Math.ceil((10 * count) / batch));
  const fed = { images: new Float32Array(batch * size), label: new Float32Array(batch * classes) };
  const draw = random.fork('rows');
  for (let step = 0; step < total; step++) {
    fed.label.fill(0);
    for (let row = 0; row < batch; row++) {
      const index = draw.integer(count);
      fed.images.set(pixels.subarray(index * size, (index + 1) * size), row * size);
      fed.label[row * classes + (labels[index] as number)] = 1;
    }
    change?.(fed.images, shape, step);
    await program.run(fed);
  }
  const average = readAverage(program.readState()) ?? weights;
  await program.dispose();
  const judging = await compile({
    state: average,
    inputs: { images },
    step: (kept, inputs) => ({ state: kept, outputs: judge(kept, inputs.images as Tensor) }),
  });
  return classifierOf(judging, size, classes);
}

function classifierOf(program: Program, size: number, classes: number): ImageClassifier {
  const judge = async (pixels: Float32Array, output: string, width: number) => {
    const count = pixels.length / size;
    const values = new Float32Array(count * width);
    const images = new Float32Array(batch * size);
    for (let start = 0; start < count; start += batch) {
      const rows = Math.min(batch, count - start);
      images.set(pixels.subarray(start * size, (start + rows) * size));
      const given = (await program.run({ images }))[output]?.values as Float32Array;
      values.set(given.subarray(0, rows * width), start * width);
    }
    return values;
  };
  return {
    async classify(pixels) {
      const logits = await judge(pixels, 'logits', classes);
      return Int32Array.from({ length: logits.length / classes }, (_, row) => {
        const own = logits.subarray(row * classes, (row + 1) * classes);
        return own.indexOf(Math.max(...own));
      });
    },
    async features(pixels) {
      return { values: await judge(pixels, 'features', featureSize), size: featureSize };
    },
    dispose: () => program.dispose(),
  };
}

/** Share of labels that are as said. */
export function accuracy(said: Int32Array, labels: Int32Array): number {
  return said.reduce((sum, code, row) => sum + Number(code === labels[row]), 0) / labels.length;
}
