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
import type { TensorSource } from '../fill-data.js';
import { featureSize } from '../image/features.js';
import { samplingInputs } from '../inputs.js';
import type { TensorFeatures } from '../kind.js';
import type { TensorGan } from '../tensor-gan.js';
import { chanceDistance, type Features, kernelDistance } from './kernel-distance.js';
import { type Scale, scaleOf, standardise } from './scale.js';
import { spreadOf } from './spread.js';

/** Tensors that are made, or looked at, at once. */
const atOnce = 50;

/** Says how good a state of the networks is. */
export type TensorJudge = (state: HostTensors, place: Partial<Place>) => Promise<Score>;

/**
 * Judges generators by as many tensors as were held out, with their labels: the score is the kernel
 * distance of their features, below 0 by as much as they differ; `variety` is how far two made ones
 * are apart in them, of one class where there are labels, over how far two held-out ones are.
 *
 * @param random Gives the latent vectors, which are the same at each look.
 */
export function createJudge(
  gan: TensorGan,
  network: TensorFeatures,
  held: TensorSource,
  random: Random,
): TensorJudge {
  const { recipe, shape, classes, generator } = gan;
  const features = unscope(network.weights, 'features/');
  const spec = { shape: [atOnce, ...shape], dtype: 'float32' } as const;
  const { labels } = held;
  let real: { features: Features; scale: Scale; noise: number } | undefined;

  async function lookAtReal(place: Partial<Place>) {
    const program = await compile(
      {
        state: features,
        inputs: { tensors: spec },
        step: (state, { tensors }) => ({
          state,
          outputs: { features: network.apply(scope(state, 'features/'), tensors as Tensor) },
        }),
      },
      place,
    );
    const size = sizeOf(shape);
    const tensors = new Float32Array(atOnce * size);
    const values = await gather(program, held.count, (row, place) => {
      held.fill(row, tensors, place * size);
      return { tensors };
    });
    const scale = scaleOf(values, featureSize);
    const own = { values: standardise(values, scale), size: featureSize, labels };
    return { features: own, scale, noise: chanceDistance(own) };
  }

  async function lookAtMade(state: HostTensors, place: Partial<Place>) {
    const inputs = samplingInputs(recipe, classes, atOnce);
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

/** The features of `count` tensors, so many at once; frees the program. */
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
