import {
  add,
  concat,
  mean,
  mul,
  neg,
  softplus,
  sum,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core';
import type { Feed } from '../../../compute/program.js';
import type { Tensors } from '../../../compute/tensor.js';
import type { Random } from '../../../random.js';
import type { SequenceRows } from '../compared-sequences.js';
import type { StepFeatures } from './features.js';
import { askRecurrent, batch, eachStep, type RecurrentTask, trainRecurrent } from './network.js';
import { splitPlaces } from './split.js';

/** Steps of the training, as in TimeGAN's code. */
export const discriminativeSteps = 2000;

/** What a recurrent judge is trained on, and how. */
export interface JudgeOptions {
  readonly steps?: number | undefined;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
}

/**
 * TimeGAN's discriminative score (Yoon et al. 2019): |accuracy − ½| of a GRU that has learned to tell real
 * sequences from synthetic ones, on a fifth of both that it has not seen. 0 where it cannot, ½ where it
 * always can.
 *
 * A weak judge: it has half as many units as a step has numbers (two for five features), sees no more than
 * the first 100 steps, and stops after 2,000 steps of 128 whether or not it has learned; of one model the
 * score moves by several hundredths from training to training. Real windows that overlap are in both
 * parts. Two scores far below what boosted trees find say nothing about which model is better.
 */
export async function discriminativeScore(
  real: SequenceRows,
  synthetic: SequenceRows,
  features: StepFeatures,
  { steps = discriminativeSteps, random, signal }: JudgeOptions,
): Promise<number> {
  const { time, width } = features;
  const task = telling(features);
  const sides = { real, synthetic };
  const places = splitPlaces(Math.min(real.length, synthetic.length), random.fork('split'));
  const fill = (feed: Feed, side: keyof typeof sides, row: number, place: number) => {
    features.fill(sides[side], row, feed[side] as Float32Array, place * time * width);
    const last = feed[`${side}Last`] as Float32Array;
    last.fill(0, place * time, (place + 1) * time);
    const length = features.lengthOf(sides[side], row);
    if (length > 0) last[place * time + length - 1] = 1;
  };
  const weights = await trainRecurrent(task, {
    ...{ steps, random, signal },
    fill(feed, draw) {
      for (let place = 0; place < batch; place++) {
        fill(feed, 'real', places.train[draw.integer(places.train.length)] as number, place);
        fill(feed, 'synthetic', places.train[draw.integer(places.train.length)] as number, place);
      }
    },
  });
  let right = 0;
  await askRecurrent(
    task,
    weights,
    places.test.length,
    (feed, row, place) => {
      fill(feed, 'real', places.test[row] as number, place);
      fill(feed, 'synthetic', places.test[row] as number, place);
    },
    ([ofReal = 0, ofSynthetic = 0]) => {
      right += Number(ofReal > 0) + Number(ofSynthetic <= 0);
    },
  );
  return Math.abs(right / (2 * places.test.length) - 0.5);
}

/** Logits of both sides at the last step of each sequence. */
function telling({ time, width }: StepFeatures): RecurrentTask {
  const shape = { time, inputs: width, hidden: Math.max(Math.floor(width / 2), 1) };
  const logits = (weights: Tensors, fed: Tensors, side: string) =>
    sum(
      mul(eachStep(weights, shape, fed[side] as Tensor3D), fed[`${side}Last`] as Tensor2D),
      1,
      true,
    ) as Tensor2D;
  return {
    shape,
    inputs: {
      real: [batch, time, width],
      realLast: [batch, time],
      synthetic: [batch, time, width],
      syntheticLast: [batch, time],
    },
    loss: (weights, fed) =>
      add(
        mean(softplus(neg(logits(weights, fed, 'real')))),
        mean(softplus(logits(weights, fed, 'synthetic'))),
      ),
    ask: (weights, fed) =>
      concat([logits(weights, fed, 'real'), logits(weights, fed, 'synthetic')], 1),
  };
}
