import { compile } from '../../../compute/compile.js';
import type { ExecutionTarget } from '../../../compute/engines/options.js';
import type { HostTensors } from '../../../compute/tensor.js';
import { createEma, readEma } from '../../../nn/ema.js';
import { isTrained } from '../../../nn/layers/batch-norm.js';
import { createAdam } from '../../../nn/optimizers/adam.js';
import type { AdamOptions } from '../../../nn/optimizers/options.js';
import { scope, unscope } from '../../../nn/scope.js';
import type { Random } from '../../../random.js';
import { runGenerator } from '../../sampling/run-generator.js';
import type { Training } from '../../training/training.js';
import { createCritics } from './critic.js';
import { createSequenceFiller } from './fill-data.js';
import { samplingInputs, trainingInputs } from './inputs.js';
import { createGenerator } from './networks.js';
import { readOutputs } from './read-outputs.js';
import type { SequenceRecipe } from './recipe.js';
import { sampleStep } from './sample-step.js';
import { scoreSequences } from './score.js';
import { pickSequences, type SequenceTable } from './sequence-table.js';
import type { SequenceShape } from './shape.js';
import { sequenceStep } from './step.js';

/** Of fewer sequences none are held out: they are needed to learn from. */
const fewSequences = 500;
const share = 0.1;
const mostHeld = 1024;

/** Sequences that are judged at most. */
const judged = 1024;

/**
 * The networks of a recipe, to be trained on encoded sequences.
 *
 * @param judge Sequences to judge by, and the stream that judged ones are made with.
 */
export function sequenceTraining(
  table: SequenceTable,
  recipe: SequenceRecipe,
  shape: SequenceShape,
  judge?: { readonly held: SequenceTable; readonly random: Random },
): Training {
  const slower = (optimizer: AdamOptions, factor: number) => ({
    ...optimizer,
    learningRate: optimizer.learningRate * factor,
  });
  return {
    inputs: trainingInputs(recipe, shape),
    step: sequenceStep(recipe, shape),
    state: (random) => initialState(recipe, shape, random),
    fillData: createSequenceFiller(table, shape, recipe.batch),
    scaleLearningRate: (factor) =>
      sequenceTraining(
        table,
        {
          ...recipe,
          generatorOptimizer: slower(recipe.generatorOptimizer, factor),
          criticOptimizer: slower(recipe.criticOptimizer, factor),
        },
        shape,
        judge,
      ),
    ...(judge && {
      async score(state, place) {
        const rows = Math.min(judge.held.rows, judged);
        const made = await makeSequences(recipe, shape, state, rows, judge.random, place);
        return scoreSequences(judge.held, made);
      },
    }),
  };
}

/** Splits sequences into those to train on and those to judge by; of few ones all are both. */
export function holdOutSequences(
  table: SequenceTable,
  random: Random,
): { train: SequenceTable; held: SequenceTable } {
  const order = Int32Array.from({ length: table.rows }, (_, row) => row);
  for (let k = 0; k < order.length; k++) {
    const other = k + random.integer(order.length - k);
    [order[k], order[other]] = [order[other] as number, order[k] as number];
  }
  if (table.rows < fewSequences) {
    return { train: table, held: pickSequences(table, order.slice(0, mostHeld)) };
  }
  const wanted = Math.min(Math.floor(share * table.rows), mostHeld);
  return {
    train: pickSequences(table, order.slice(wanted).sort()),
    held: pickSequences(table, order.slice(0, wanted)),
  };
}

/** The weights that sequences are made with: the running average, where there is one. */
export function generatorWeights(state: HostTensors): HostTensors {
  const weights = readEma(state) ?? state;
  return unscope(scope(weights, 'generator/'), 'generator/');
}

async function makeSequences(
  recipe: SequenceRecipe,
  shape: SequenceShape,
  state: HostTensors,
  rows: number,
  random: Random,
  place: Partial<ExecutionTarget>,
): Promise<SequenceTable> {
  const inputs = samplingInputs(recipe, shape, rows);
  const step = sampleStep(recipe, shape);
  const program = await compile(
    {
      state: generatorWeights(state),
      inputs,
      step: (weights, fed) => ({ ...step(weights, fed), state: weights }),
    },
    place,
  );
  const { outputs } = await runGenerator(program, inputs, random.fork('noise'));
  return readOutputs(shape, outputs, rows);
}

function initialState(recipe: SequenceRecipe, shape: SequenceShape, random: Random): HostTensors {
  const generator = createGenerator(recipe, shape, random.fork('generator'));
  const critics = createCritics(recipe, shape, random.fork('critics'));
  const trained = Object.fromEntries(Object.entries(generator).filter(([name]) => isTrained(name)));
  return {
    ...generator,
    ...critics,
    ...createAdam('generator', trained),
    ...createAdam('critic', critics),
    ...(recipe.emaDecay > 0 ? createEma(generator) : {}),
  };
}
