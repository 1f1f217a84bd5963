import {
  abs,
  div,
  maximum,
  mul,
  sigmoid,
  sub,
  sum,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core';
import type { Feed } from '../../../compute/program.js';
import type { Tensors } from '../../../compute/tensor.js';
import type { SequenceRows } from '../compared-sequences.js';
import type { JudgeOptions } from './discriminative.js';
import type { StepFeatures } from './features.js';
import { askRecurrent, batch, eachStep, type RecurrentTask, trainRecurrent } from './network.js';

/** Steps of the training, as in TimeGAN's code. */
export const predictiveSteps = 5000;

/**
 * TimeGAN's predictive score (Yoon et al. 2019): the mean absolute error, on real sequences, of a GRU that
 * has learned of others to predict the last feature of the next step from all others of the steps so far;
 * of one feature from itself. In units of the range of the real numbers.
 *
 * Saturated: on the usual data sets models that judges tell apart with ease reach the error of real
 * sequences, and so does whatever has the right mean. Report it; rank nothing by it. Its value depends on
 * which series comes last.
 *
 * @returns NaN where no judged sequence has two steps.
 */
export async function predictiveScore(
  learned: SequenceRows,
  judged: SequenceRows,
  features: StepFeatures,
  { steps = predictiveSteps, random, signal }: JudgeOptions,
): Promise<number> {
  const { time, width } = features;
  const task = predicting(features);
  const inputs = task.shape.inputs;
  const whole = new Float32Array(time * width);
  const fill = (feed: Feed, rows: SequenceRows, row: number, place: number) => {
    features.fill(rows, row, whole, 0);
    const { known, wanted, counts } = feed as Record<string, Float32Array>;
    const next = features.lengthOf(rows, row) - 1;
    for (let step = 0; step < time; step++) {
      const from = step * width;
      known?.set(whole.subarray(from, from + inputs), (place * time + step) * inputs);
      const isThere = step < next;
      if (wanted)
        wanted[place * time + step] = isThere ? (whole[from + 2 * width - 1] as number) : 0;
      if (counts) counts[place * time + step] = isThere ? 1 : 0;
    }
  };
  const weights = await trainRecurrent(task, {
    ...{ steps, random, signal },
    fill(feed, draw) {
      for (let place = 0; place < batch; place++) {
        fill(feed, learned, draw.integer(learned.length), place);
      }
    },
  });
  let [error, count] = [0, 0];
  await askRecurrent(
    task,
    weights,
    judged.length,
    (feed, row, place) => fill(feed, judged, row, place),
    (answers, _, { wanted, counts }, place) => {
      answers.forEach((answer, step) => {
        const at = place * time + step;
        if (counts?.[at] !== 1) return;
        error += Math.abs(answer - (wanted?.[at] as number));
        count++;
      });
    },
  );
  return error / count;
}

function predicting({ time, width }: StepFeatures): RecurrentTask {
  const hidden = Math.max(Math.floor(width / 2), 1);
  const shape = { time, inputs: Math.max(width - 1, 1), hidden };
  const predicted = (weights: Tensors, fed: Tensors) =>
    sigmoid(eachStep(weights, shape, fed.known as Tensor3D)) as Tensor2D;
  return {
    shape,
    inputs: { known: [batch, time, shape.inputs], wanted: [batch, time], counts: [batch, time] },
    loss: (weights, fed) => {
      const errors = mul(
        abs(sub(predicted(weights, fed), fed.wanted as Tensor2D)),
        fed.counts as Tensor2D,
      );
      return div(sum(errors), maximum(sum(fed.counts as Tensor2D), 1));
    },
    ask: predicted,
  };
}
