import * as tf from '@tensorflow/tfjs-core';
import { Schema } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { sampleBatches } from '../../../../../src/augment/sample-batches.js';
import { makeBatch } from '../../../../../src/data/batches/batch.js';
import { readTensors } from '../../../../../src/data/tensor/read.js';
import { InvalidOptionError } from '../../../../../src/errors.js';
import { fitModel } from '../../../../../src/gan/fit/fit.js';
import type { FitOptions } from '../../../../../src/gan/fit/options.js';
import type { AdversarialLoss } from '../../../../../src/gan/losses/adversarial.js';
import type { Network } from '../../../../../src/nn/network.js';
import { collect } from '../../../../data/support/arbitrary-batches.js';
import { imagesTable } from '../images-table.js';

/** Each number of the image is one weight of its own, whatever the latent vector is. */
const generator: Network = {
  create: () => ({
    picture: { shape: [1, 90], dtype: 'float32', values: new Float32Array(90) },
  }),
  apply({ picture }, x) {
    const latent = tf.mul(tf.sum(x, 1, true), 1e-6);
    const pixels = tf.tanh(tf.add(latent, picture as tf.Tensor));
    return { y: tf.reshape(pixels, [x.shape[0] as number, 6, 5, 3]) };
  },
};

/** The score of an image is the mean of its numbers, times a weight. */
const critic: Network = {
  create: () => ({
    weight: { shape: [1, 1], dtype: 'float32', values: Float32Array.of(1) },
  }),
  apply: ({ weight }, x) => ({
    y: tf.mul(tf.reshape(tf.mean(x, [1, 2, 3]), [x.shape[0] as number, 1]), weight as tf.Tensor),
  }),
};

/** The generator alone learns: to score 2. */
const loss: AdversarialLoss = {
  critic: (real, fake) => tf.mul(tf.add(tf.mean(real), tf.mean(fake)), 0),
  generator: (fake) => tf.mean(tf.square(tf.sub(fake, 2))),
};

function imagesOnly() {
  const { schema, data } = imagesTable(16);
  const [image] = schema.fields;
  return makeBatch(new Schema([image as never]), [data.children[0] as never], 16);
}

describe("a user's own networks and loss", () => {
  it('should be trained on the calling thread, and saved as a generator like any other', async () => {
    const images = imagesOnly();
    const options: FitOptions = {
      steps: 200,
      recipe: {
        base: 'vanilla',
        batch: 4,
        latent: 2,
        generator: () => generator,
        critic: () => critic,
        loss,
        generatorOptimizer: { kind: 'adam', learningRate: 0.05, betas: [0.9, 0.99] },
      },
    };

    const model = await fitModel(images.schema, [images], options);

    const [made] = await collect(sampleBatches(model, { rows: 8 }));
    const values = readTensors(made as never, 'image').values as Uint8Array;
    // The largest number of the data, which is what tanh goes to.
    expect(Math.min(...values)).toBeGreaterThan(185);
    expect(model.manifest.recipe.options).toMatchObject({ latent: 2, batch: 4 });
  });

  it('should be refused where they cannot cross to another thread', async () => {
    const images = imagesOnly();
    const recipe = { base: 'vanilla', generator: () => generator } as const;

    const fitting = fitModel(images.schema, [images], { steps: 1, recipe, thread: 'worker' });

    await expect(fitting).rejects.toThrow(InvalidOptionError);
    await expect(fitting).rejects.toThrow(/fit\.recipe\.generator/);
  });
});
