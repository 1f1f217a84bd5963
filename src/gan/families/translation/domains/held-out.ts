import type { Tensor } from '@tensorflow/tfjs-core';
import type { ExecutionTarget } from '../../../../compute/engines/options.js';
import { type HostTensors, sizeOf } from '../../../../compute/tensor.js';
import type { Image } from '../../../../data/images/image.js';
import type { TensorEncoder } from '../../../../encode/tensor/encoder.js';
import { scope, unscope } from '../../../../nn/scope.js';
import type { Random } from '../../../../random.js';
import { chanceDistance, kernelDistance } from '../../../features/kernel-distance.js';
import { featureSize, randomFeatures } from '../../../features/random-features.js';
import { type Scale, scaleOf, standardise } from '../../../features/scale.js';
import { spreadOf } from '../../../features/spread.js';
import type { Score } from '../../../training/training.js';
import { sourceInput } from '../../family.js';
import { imageShapeOf } from '../columns.js';
import { correlation, meanDifference } from '../compare.js';
import { drawTriplets, shownRows } from '../draw.js';
import { translateAll } from '../translate-all.js';
import type { DomainGan } from './domain-gan.js';
import { wholeGenerator } from './generator.js';
import { samplingInputs } from './inputs.js';
import type { DomainImages, DomainSource } from './source.js';

/** Looks at held-out images of both domains, whole ones. */
export interface HeldOutDomains {
  score(state: HostTensors, execution: Partial<ExecutionTarget>): Promise<Score>;
  /** What goes in, what a state makes of it, and what comes back of that, side by side. */
  draw(state: HostTensors, execution: Partial<ExecutionTarget>): Promise<Image>;
}

/** Images that differ from those that went in by less of the range are taken for copies. */
const identical = 0.01;

/** Images that go with those that went in no better than this, in correlation, are inverted. */
const inverted = -0.3;

/** Features of real images, and how far from 0 their kernel distance is by chance. */
interface RealFeatures {
  readonly values: Float32Array;
  readonly size: number;
  readonly scale: Scale;
  readonly noise: number;
}

/**
 * Scores states by how far translated images of one domain are from real ones of the other, in kernel
 * distance of random features; of a recipe with both directions, by the mean of both.
 */
export function holdDomains(
  gan: Pick<DomainGan, 'recipe' | 'forward' | 'back'>,
  encoder: TensorEncoder,
  source: DomainSource,
  random: Random,
): HeldOutDomains {
  const image = imageShapeOf(encoder);
  const network = randomFeatures(image);
  const translate = wholeGenerator(gan.recipe, image);
  const inputs = (rows: number) => samplingInputs(image, rows);
  const real = new Map<DomainImages, Promise<RealFeatures>>();

  const describe = async (images: DomainImages, execution: Partial<ExecutionTarget>) => {
    const { features = new Float32Array() } = await translateAll(
      {
        weights: network.weights,
        inputs,
        apply: (weights, fed) => ({
          features: network.apply(weights, fed[sourceInput] as Tensor),
        }),
        ...images,
      },
      random,
      execution,
    );
    const scale = scaleOf(features, featureSize);
    const own = { values: standardise(features, scale), size: featureSize };
    return { ...own, scale, noise: chanceDistance(own) };
  };

  /** What a generator makes of images, and features of that. */
  const make = (
    state: HostTensors,
    prefix: string,
    images: DomainImages,
    execution: Partial<ExecutionTarget>,
  ) =>
    translateAll(
      {
        weights: {
          ...unscope(scope(state, prefix), 'generator/'),
          ...unscope(network.weights, 'features/'),
        },
        inputs,
        apply(weights, fed) {
          const { images: made } = translate(scope(weights, 'generator/'), fed);
          return { images: made, features: network.apply(scope(weights, 'features/'), made) };
        },
        ...images,
      },
      random,
      execution,
    );

  const scoreDirection = async (
    state: HostTensors,
    prefix: string,
    [from, to]: readonly [DomainImages, DomainImages],
    execution: Partial<ExecutionTarget>,
  ): Promise<Score> => {
    const known = real.get(to) ?? describe(to, execution);
    real.set(to, known);
    const truth = await known;
    const { images = new Float32Array(), features = new Float32Array() } = await make(
      state,
      prefix,
      from,
      execution,
    );
    const made = { values: standardise(features, truth.scale), size: featureSize };
    return {
      score: -kernelDistance(truth, made),
      noise: truth.noise,
      variety: spreadOf(made) / Math.max(spreadOf(truth), 1e-12),
      alarm: alarmOf(images, readAll(from, sizeOf(encoder.shape))),
    };
  };

  return {
    async score(state, execution) {
      const { from, to } = source;
      const forward = await scoreDirection(state, gan.forward, [from, to], execution);
      if (gan.back === undefined) return forward;
      const back = await scoreDirection(state, gan.back, [to, from], execution);
      return {
        score: (forward.score + back.score) / 2,
        noise: ((forward.noise ?? 0) + (back.noise ?? 0)) / 2,
        variety: Math.min(forward.variety, back.variety),
        alarm: forward.alarm ?? back.alarm,
      };
    },
    async draw(state, execution) {
      const size = sizeOf(encoder.shape);
      const count = Math.min(source.from.count, shownRows);
      const given = readAll({ ...source.from, count }, size);
      const { images: made = given } = await make(
        state,
        gan.forward,
        { ...source.from, count },
        execution,
      );
      const shown = [given, made];
      if (gan.back !== undefined) {
        const back = await make(state, gan.back, imagesOf(made, size), execution);
        shown.push(back.images ?? made);
      }
      return drawTriplets(
        shown.map((values) => ({ values, encoder })),
        count,
      );
    },
  };
}

function readAll({ count, fill }: DomainImages, size: number): Float32Array {
  const all = new Float32Array(count * size);
  for (let k = 0; k < count; k++) fill(k, all, k * size);
  return all;
}

function imagesOf(values: Float32Array, size: number): DomainImages {
  return {
    count: values.length / size,
    fill: (index, target, to) => target.set(values.subarray(index * size, (index + 1) * size), to),
  };
}

function alarmOf(made: Float32Array, given: Float32Array): string | undefined {
  if (correlation(made, given) < inverted)
    return 'images are inverted: dark where they were bright';
  if (meanDifference(made, given) / 2 < identical) return 'images come out as they went in';
  return undefined;
}
