import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { compile } from '../../../../compute/compile.js';
import type { Place } from '../../../../compute/engines/options.js';
import type { Program } from '../../../../compute/program.js';
import { type HostTensors, mapEntries, sizeOf } from '../../../../compute/tensor.js';
import { readEma } from '../../../../nn/ema.js';
import { scope, unscope } from '../../../../nn/scope.js';
import { fillNoise } from '../../../../nn/step-inputs.js';
import type { Random } from '../../../../random.js';
import type { Score } from '../../../training/training.js';
import type { ImageSource } from '../fill-data.js';
import { featureSize, randomFeatures } from '../image/features.js';
import { samplingInputs } from '../inputs.js';
import type { TensorGan } from '../tensor-gan.js';
import { chanceDistance, type Features, kernelDistance } from './kernel-distance.js';
import { type Scale, scaleOf, standardise } from './scale.js';
import { spreadOf } from './spread.js';

/** Images that are made, or looked at, at once. */
const atOnce = 50;

/** Says how good a state of the networks is. */
export type ImageJudge = (state: HostTensors, place: Partial<Place>) => Promise<Score>;

/**
 * Judges generators by as many images as were held out, with their labels: the score is the kernel
 * distance of their features, below 0 by as much as they differ; `variety` is how far two made images
 * are apart in them, of one class where there are labels, over how far two held-out ones are.
 *
 * @param random Gives the latent vectors, which are the same at each look.
 */
export function createJudge(gan: TensorGan, held: ImageSource, random: Random): ImageJudge {
  const { image, classes, generator } = gan;
  const network = randomFeatures(image);
  const features = unscope(network.weights, 'features/');
  const pixels = { shape: [atOnce, image.height, image.width, image.channels], dtype: 'float32' };
  const { labels } = held;
  let real: { features: Features; scale: Scale; noise: number } | undefined;

  async function lookAtReal(place: Partial<Place>) {
    const program = await compile(
      {
        state: features,
        inputs: { images: pixels as never },
        step: (state, { images }) => ({
          state,
          outputs: { features: network.apply(scope(state, 'features/'), images as Tensor) },
        }),
      },
      place,
    );
    const size = sizeOf(pixels.shape) / atOnce;
    const images = new Float32Array(atOnce * size);
    const values = await gather(program, held.count, (row, place) => {
      held.fill(row, images, place * size);
      return { images };
    });
    const scale = scaleOf(values, featureSize);
    const own = { values: standardise(values, scale), size: featureSize, labels };
    return { features: own, scale, noise: chanceDistance(own) };
  }

  async function lookAtMade(state: HostTensors, place: Partial<Place>) {
    const inputs = samplingInputs(gan.recipe.latent, classes, atOnce);
    const feed = mapEntries(inputs, ({ shape }) => new Float32Array(sizeOf(shape)));
    const weights = scope(readEma(state) ?? state, 'generator/');
    const program = await compile(
      {
        state: { ...unscope(weights, 'generator/'), ...features },
        inputs,
        step(own, { latent, label }) {
          const use = { training: false, label: label as Tensor2D | undefined };
          const { y } = generator.apply(scope(own, 'generator/'), latent as Tensor, use);
          return { state: own, outputs: { features: network.apply(scope(own, 'features/'), y) } };
        },
      },
      place,
    );
    return gather(program, held.count, (row, place) => {
      if (place === 0) {
        fillNoise(inputs, feed, random.fork('latent', row));
        feed.label?.fill(0);
      }
      if (feed.label) feed.label[place * classes + (labels?.[row] as number)] = 1;
      return feed;
    });
  }

  return async (state, place) => {
    real ??= await lookAtReal(place);
    const values = standardise(await lookAtMade(state, place), real.scale);
    const made = { values, size: featureSize, labels };
    return {
      score: -kernelDistance(real.features, made),
      noise: real.noise,
      variety: spreadOf(made) / Math.max(spreadOf(real.features), 1e-12),
    };
  };
}

/** The features of `count` images, so many at once; frees the program. */
async function gather(
  program: Program,
  count: number,
  fill: (row: number, place: number) => Parameters<Program['run']>[0],
): Promise<Float32Array> {
  try {
    const all = new Float32Array(count * featureSize);
    for (let start = 0; start < count; start += atOnce) {
      const rows = Math.min(atOnce, count - start);
      let feed: ReturnType<typeof fill> = {};
      for (let place = 0; place < rows; place++) feed = fill(start + place, place);
      const { features } = await program.run(feed);
      const values = features?.values as Float32Array;
      all.set(values.subarray(0, rows * featureSize), start * featureSize);
    }
    return all;
  } finally {
    await program.dispose();
  }
}
