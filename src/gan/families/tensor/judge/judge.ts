import type { ExecutionTarget } from '../../../../compute/engines/options.js';
import type { HostTensors } from '../../../../compute/tensor.js';
import type { Random } from '../../../../random.js';
import {
  chanceDistance,
  type Features,
  kernelDistance,
} from '../../../features/kernel-distance.js';
import { featureSize } from '../../../features/random-features.js';
import { type Scale, scaleOf, standardise } from '../../../features/scale.js';
import { spreadOf } from '../../../features/spread.js';
import type { TensorFeatures } from '../../../features/tensor-features.js';
import type { Score } from '../../../training/training.js';
import type { TensorSource } from '../fill-data.js';
import type { TensorGan } from '../tensor-gan.js';
import { featuresOfState, featuresOfTensors } from './features-of.js';

/** Scores a state of the networks. */
export type TensorJudge = (state: HostTensors, target: Partial<ExecutionTarget>) => Promise<Score>;

/**
 * Creates a judge of generators by as many tensors as were held out, with their labels: the score is
 * the kernel distance of their features, below 0 by as much as they differ; `variety` is how far two
 * made tensors are apart in them, of one class where there are labels, over how far two held-out
 * ones are.
 *
 * @param random Gives the latent vectors, which are the same at each evaluation.
 */
export function createJudge(
  gan: TensorGan,
  network: TensorFeatures,
  held: TensorSource,
  random: Random,
): TensorJudge {
  const { labels } = held;
  let real: RealFeatures | undefined;
  return async (state, target) => {
    real ??= describeReal(
      await featuresOfTensors(network, gan.shape, held, target),
      featureSize,
      labels,
    );
    const raw = await featuresOfState(gan, network, state, held, random, target);
    const made = { values: standardise(raw, real.scale), size: featureSize, labels };
    return {
      score: -kernelDistance(real.features, made),
      noise: real.noise,
      variety: spreadOf(made) / Math.max(spreadOf(real.features), 1e-12),
    };
  };
}

interface RealFeatures {
  readonly features: Features;
  readonly scale: Scale;
  /** What the score of tensors of the same kind is by chance. */
  readonly noise: number;
}

function describeReal(
  values: Float32Array,
  size: number,
  labels: Int32Array | undefined,
): RealFeatures {
  const scale = scaleOf(values, size);
  const features = { values: standardise(values, scale), size, labels };
  return { features, scale, noise: chanceDistance(features) };
}
