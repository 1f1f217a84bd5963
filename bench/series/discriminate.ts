import {
  add,
  mean,
  neg,
  type Scalar,
  softplus,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core';
import { compile } from '../../src/compute/compile.js';
import { gradientsOf, select } from '../../src/nn/gradients.js';
import { applyDense, createDense } from '../../src/nn/layers/dense.js';
import { createGru, gru } from '../../src/nn/layers/gru.js';
import { adam, createAdam } from '../../src/nn/optimizers/adam.js';
import { createRandom } from '../../src/random.js';
import type { Series } from './data.js';

const batch = 128;

/**
 * TimeGAN's discriminative score: |accuracy − 0.5| of a GRU that is trained to tell real series from
 * made ones, on a fifth of them that it has not seen. Series must be of one length.
 *
 * @param hidden Units; TimeGAN's are half of the features.
 */
export async function discriminativeScore(
  real: Series,
  made: Series,
  { hidden, steps, seed }: { hidden: number; steps: number; seed: number },
): Promise<number> {
  const random = createRandom(seed).fork('discriminate');
  const count = Math.min(real.length, made.length);
  const time = real[0]?.[0]?.length ?? 0;
  const inputs = real[0]?.length ?? 0;
  const scale = scaleOf(real);
  const order = Array.from({ length: count }, (_, k) => k);
  for (let k = 0; k < count; k++) {
    const other = k + random.integer(count - k);
    [order[k], order[other]] = [order[other] as number, order[k] as number];
  }
  const train = order.slice(0, Math.floor(0.8 * count));
  const test = order.slice(train.length);
  const weights = {
    ...createGru('net/gru', { inputs, hidden }, random.fork('gru')),
    ...createDense('net/output', hidden, 1, random.fork('output')),
  };
  const logits = (state: Record<string, never>, x: Tensor3D) => {
    const { last } = gru(state, 'net/gru', x, { inputs, hidden });
    return applyDense(state, 'net/output', last[0]?.[0] as Tensor2D);
  };
  const spec = (rows: number) => ({ shape: [rows, time, inputs], dtype: 'float32' }) as const;
  const program = await compile({
    state: { ...weights, ...createAdam('net', weights) },
    inputs: { real: spec(batch), made: spec(batch) },
    step(state, fed) {
      const { value, gradients } = gradientsOf(select(state, 'net/'), (own) => {
        const [a, b] = [fed.real, fed.made].map((x) => logits(own as never, x as Tensor3D));
        return add(mean(softplus(neg(a as Tensor2D))), mean(softplus(b as Tensor2D))) as Scalar;
      });
      const options = { learningRate: 1e-3, betas: [0.9, 0.999] } as const;
      return { state: { ...state, ...adam('net', state, gradients, options) }, outputs: { value } };
    },
  });
  const feed = {
    real: new Float32Array(batch * time * inputs),
    made: new Float32Array(batch * time * inputs),
  };
  const fill = (target: Float32Array, from: Series, row: number, place: number) => {
    from[row]?.forEach((values, feature) => {
      const { least, width } = scale[feature] as { least: number; width: number };
      for (let step = 0; step < time; step++) {
        target[(place * time + step) * inputs + feature] =
          ((values[step] as number) - least) / width;
      }
    });
  };
  for (let step = 0; step < steps; step++) {
    for (let k = 0; k < batch; k++) {
      fill(feed.real, real, train[random.integer(train.length)] as number, k);
      fill(feed.made, made, train[random.integer(train.length)] as number, k);
    }
    await program.run(feed);
  }
  const judge = await compile({
    state: Object.fromEntries(
      Object.entries(program.readState()).filter(([name]) => name.startsWith('net/')),
    ),
    inputs: { real: spec(test.length), made: spec(test.length) },
    step: (state, fed) => ({
      state,
      outputs: {
        realScores: logits(state as never, fed.real as Tensor3D),
        madeScores: neg(logits(state as never, fed.made as Tensor3D)),
      },
    }),
  });
  const all = {
    real: new Float32Array(test.length * time * inputs),
    made: new Float32Array(test.length * time * inputs),
  };
  test.forEach((row, k) => {
    fill(all.real, real, row, k);
    fill(all.made, made, row, k);
  });
  const scores = await judge.run(all);
  const right = [scores.realScores, scores.madeScores].reduce(
    (sum, each) => sum + Array.from(each?.values ?? []).filter((score) => score > 0).length,
    0,
  );
  await program.dispose();
  await judge.dispose();
  return Math.abs(right / (2 * test.length) - 0.5);
}

function scaleOf(series: Series): { least: number; width: number }[] {
  return (series[0] ?? []).map((_, feature) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const row of series) {
      for (const value of row[feature] as Float64Array) {
        [least, most] = [Math.min(least, value), Math.max(most, value)];
      }
    }
    return { least, width: most - least || 1 };
  });
}
