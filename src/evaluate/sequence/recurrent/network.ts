import { reshape, type Scalar, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { compile } from '../../../compute/compile.js';
import type { Feed } from '../../../compute/program.js';
import { type HostTensors, sizeOf, type Tensors } from '../../../compute/tensor.js';
import { gradientsOf, select } from '../../../nn/gradients.js';
import { applyDense, createDense } from '../../../nn/layers/dense.js';
import { createGru, gru } from '../../../nn/layers/gru.js';
import { adam, createAdam } from '../../../nn/optimizers/adam.js';
import type { Random } from '../../../random.js';
import { yieldToEventLoop } from '../../../threads/abortable.js';

/** Sequences a step of the training, as TimeGAN's scores have them. */
export const batch = 128;

const optimizer = { learningRate: 1e-3, betas: [0.9, 0.999] } as const;

/** A layer of gated recurrent units, and one number that comes of each of its states. */
export interface RecurrentShape {
  readonly time: number;
  /** Numbers of a step. */
  readonly inputs: number;
  /** Units. */
  readonly hidden: number;
}

/** What a network is trained and asked with. */
export interface RecurrentTask {
  readonly shape: RecurrentShape;
  /** Shapes of what is fed, of a batch. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /** The loss of a batch. */
  loss(weights: Tensors, fed: Tensors): Scalar;
  /** Numbers that a trained network gives for each row of a batch. */
  ask(weights: Tensors, fed: Tensors): Tensor2D;
}

/** What comes of each step of sequences [batch, time, inputs]: [batch, time]. */
export function eachStep(weights: Tensors, shape: RecurrentShape, x: Tensor3D): Tensor2D {
  const { y } = gru(weights, 'net/gru', x, shape);
  const states = reshape(y, [batch * shape.time, shape.hidden]) as Tensor2D;
  return reshape(applyDense(weights, 'net/output', states), [batch, shape.time]);
}

/** Trains a network, and gives its weights. Events have their turn between steps. */
export async function trainRecurrent(
  { shape, inputs, loss }: RecurrentTask,
  {
    steps,
    fill,
    random,
    signal,
  }: {
    readonly steps: number;
    /** Puts a batch that is drawn into what is fed. */
    readonly fill: (feed: Feed, draw: Random) => void;
    readonly random: Random;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<HostTensors> {
  const weights = {
    ...createGru('net/gru', shape, random.fork('gru')),
    ...createDense('net/output', shape.hidden, 1, random.fork('output')),
  };
  const program = await compile({
    state: { ...weights, ...createAdam('net', weights) },
    inputs: specsOf(inputs),
    step(state, fed) {
      const { value, gradients } = gradientsOf(select(state, 'net/'), (own) => loss(own, fed));
      return {
        state: { ...state, ...adam('net', state, gradients, optimizer) },
        outputs: { loss: value },
      };
    },
  });
  try {
    const feed = emptyFeed(inputs);
    const draw = random.fork('rows');
    for (let step = 0; step < steps; step++) {
      fill(feed, draw);
      await program.run(feed);
      if (step % 16 === 0) await yieldToEventLoop(signal);
    }
    const state = program.readState();
    return Object.fromEntries(Object.entries(state).filter(([name]) => name in weights));
  } finally {
    await program.dispose();
  }
}

/**
 * Asks a trained network about `count` rows, batch by batch.
 *
 * @param fill Puts row `row` into place `place` of what is fed.
 * @param take Gets the answers to a row.
 */
export async function askRecurrent(
  { inputs, ask }: RecurrentTask,
  weights: HostTensors,
  count: number,
  fill: (feed: Feed, row: number, place: number) => void,
  take: (answers: Float32Array, row: number, feed: Feed, place: number) => void,
): Promise<void> {
  const program = await compile({
    state: weights,
    inputs: specsOf(inputs),
    step: (state, fed) => ({ state, outputs: { answers: ask(state, fed) } }),
  });
  try {
    const feed = emptyFeed(inputs);
    for (let first = 0; first < count; first += batch) {
      const rows = Math.min(batch, count - first);
      for (let place = 0; place < rows; place++) fill(feed, first + place, place);
      const { answers } = await program.run(feed);
      const values = answers?.values as Float32Array;
      const width = values.length / batch;
      for (let place = 0; place < rows; place++) {
        take(values.subarray(place * width, (place + 1) * width), first + place, feed, place);
      }
    }
  } finally {
    await program.dispose();
  }
}

function specsOf(inputs: RecurrentTask['inputs']) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, shape]) => [name, { shape, dtype: 'float32' } as const]),
  );
}

function emptyFeed(inputs: RecurrentTask['inputs']): Feed {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, shape]) => [name, new Float32Array(sizeOf(shape))]),
  );
}
