import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { compile } from '../../../../../compute/compile.js';
import type { ExecutionTarget } from '../../../../../compute/engines/options.js';
import type { Feed } from '../../../../../compute/program.js';
import type { HostTensors, Tensors } from '../../../../../compute/tensor.js';
import { gradientsOf } from '../../../../../nn/gradients.js';
import { adam, createAdam } from '../../../../../nn/optimizers/adam.js';
import type { StepInputs } from '../../../../../nn/step-inputs.js';
import type { Random } from '../../../../../random.js';
import { createOrders } from '../../../../training/epoch-order.js';
import type { Training } from '../../../../training/training.js';
import type { TensorSource } from '../../fill-data.js';
import { createNetwork, type GruShape, surprise } from './network.js';
import type { GruRecipe } from './recipe.js';

/** Name of the optimiser. */
const optimizerName = 'network';

/** Names of the network's weights begin so. */
const parts = /^(gru|output)\//;

/** The weights of the network alone. */
export function networkWeights<Value>(state: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(state).filter(([name]) => parts.test(name)));
}

function inputsOf({ length, symbols, classes }: GruShape, batch: number): StepInputs {
  const data = (shape: readonly number[]) => ({ shape, dtype: 'float32', source: 'data' }) as const;
  return {
    texts: data([batch, length, symbols]),
    ...(classes > 0 ? { label: data([batch, classes]) } : {}),
  };
}

const surpriseOf = (shape: GruShape, weights: Tensors, inputs: Tensors) =>
  surprise(shape, weights, inputs.texts as Tensor3D, inputs.label as Tensor2D | undefined);

/**
 * A recurrent network that is to make texts likely.
 *
 * @param held Texts by which states are judged: the score is their mean log-likelihood, a symbol.
 * @param random Gives the order of the texts.
 */
export function gruTraining(
  recipe: GruRecipe,
  shape: GruShape,
  train: TensorSource,
  held: TensorSource,
  random: Random,
): Training {
  const { batch, optimizer } = recipe;
  const orderOf = createOrders(train.count, random);
  const inputs = inputsOf(shape, batch);
  return {
    inputs,
    state(start) {
      const weights = createNetwork(shape, start);
      return { ...weights, ...createAdam(optimizerName, weights) };
    },
    step(state, fed) {
      const { value, gradients } = gradientsOf(networkWeights(state), (weights) =>
        surpriseOf(shape, weights, fed),
      );
      const changes = adam(optimizerName, state, gradients, optimizer);
      return { state: { ...state, ...changes }, outputs: { surprise: value } };
    },
    fillData(feed, _, step) {
      fillTexts(feed, train, shape, batch, (row) => orderOf(step * batch + row));
    },
    scaleLearningRate(factor) {
      const learningRate = optimizer.learningRate * factor;
      const slow = { ...recipe, optimizer: { ...optimizer, learningRate } };
      return gruTraining(slow, shape, train, held, random);
    },
    score: async (state, target) => ({
      score: -(await surpriseOfHeld(shape, state, held, batch, target)),
      // A network that makes all held-out texts likely makes texts that are as different.
      variety: 1,
    }),
  };
}

function fillTexts(
  feed: Feed,
  { fill, labels }: TensorSource,
  { length, symbols, classes }: GruShape,
  batch: number,
  indexOf: (row: number) => number,
): void {
  const texts = feed.texts as Float32Array;
  const label = feed.label as Float32Array | undefined;
  label?.fill(0);
  for (let row = 0; row < batch; row++) {
    const index = indexOf(row);
    fill(index, texts, row * length * symbols);
    if (label) label[row * classes + (labels?.[index] as number)] = 1;
  }
}

async function surpriseOfHeld(
  shape: GruShape,
  state: HostTensors,
  held: TensorSource,
  batch: number,
  target: Partial<ExecutionTarget>,
): Promise<number> {
  const inputs = inputsOf(shape, batch);
  const program = await compile(
    {
      state: networkWeights(state),
      inputs,
      step: (weights, fed) => ({
        state: weights,
        outputs: { surprise: surpriseOf(shape, weights, fed) },
      }),
    },
    target,
  );
  const feed: Feed = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape: own }]) => [
      name,
      new Float32Array(own.reduce((size, length) => size * length, 1)),
    ]),
  );
  try {
    const runs = Math.ceil(held.count / batch);
    let sum = 0;
    for (let run = 0; run < runs; run++) {
      // The last texts are filled up by the first ones.
      fillTexts(feed, held, shape, batch, (row) => (run * batch + row) % held.count);
      const { surprise: own } = await program.run(feed);
      sum += own?.values[0] as number;
    }
    return sum / runs;
  } finally {
    await program.dispose();
  }
}
