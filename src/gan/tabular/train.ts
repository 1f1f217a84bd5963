import { compile, type Engine } from '../../compute/compile.js';
import type { Feed } from '../../compute/program.js';
import { type HostTensors, mapEntries, sizeOf } from '../../compute/tensor.js';
import { type EncodedTable, expandRows } from '../../encode/table.js';
import { TrainingError } from '../../errors.js';
import type { Random } from '../../random.js';
import { fillNoise } from '../noise.js';
import type { TrainingStep } from '../progress.js';
import { drawConditions, indexRows, permute } from './condition.js';
import { trainingInputs } from './inputs.js';
import type { TabularRecipe } from './recipe.js';
import { rowShape } from './shape.js';
import { initialState } from './state.js';
import { tabularStep } from './step.js';

export interface TrainingOptions {
  readonly steps: number;
  readonly engine: Engine;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((step: TrainingStep) => void) | undefined;
}

/**
 * Trains the networks on an encoded table.
 *
 * @returns The state after the last step: weights, running statistics and the optimisers' state.
 * @throws TrainingError when a loss is no longer a number; the signal's reason when aborted.
 */
export async function trainTabular(
  table: EncodedTable,
  recipe: TabularRecipe,
  { steps, engine, random, signal, onStep }: TrainingOptions,
): Promise<HostTensors> {
  const shape = rowShape(table.layout);
  const inputs = trainingInputs(recipe, shape);
  const step = tabularStep(recipe, shape);
  const state = initialState(recipe, shape, random.fork('weights'));
  const program = await compile({ step, state, inputs }, { engine });
  const feed: Feed = mapEntries(inputs, (input) => new Float32Array(sizeOf(input.shape)));
  const fillData = createDataFiller(table, recipe, feed);
  try {
    for (let k = 0; k < steps; k++) {
      signal?.throwIfAborted();
      const stepRandom = random.fork('step', k);
      fillNoise(inputs, feed, stepRandom.fork('noise'));
      fillData(stepRandom.fork('data'));
      const { criticLoss, generatorLoss } = mapEntries(
        await program.run(feed),
        ({ values }) => values[0] as number,
      ) as { criticLoss: number; generatorLoss: number };
      if (!Number.isFinite(criticLoss + generatorLoss)) {
        throw new TrainingError(
          `training diverged at step ${k + 1} of ${steps}: critic loss ${criticLoss}, generator ` +
            `loss ${generatorLoss}. Try another seed, a lower learning rate or fewer steps`,
        );
      }
      onStep?.({ step: k + 1, steps, criticLoss, generatorLoss });
    }
    return program.readState();
  } finally {
    await program.dispose();
  }
}

/** Fills the real rows of a step and the conditions, which they meet in another order. */
function createDataFiller(table: EncodedTable, recipe: TabularRecipe, feed: Feed) {
  const index = indexRows(table);
  const none = new Float32Array(0);
  const fake = {
    condition: (feed.condition ?? none) as Float32Array,
    rows: new Int32Array(recipe.batch),
  };
  const real = {
    condition: (feed.realCondition ?? none) as Float32Array,
    rows: new Int32Array(recipe.batch),
  };
  const generator = (feed.generatorCondition ?? none) as Float32Array;
  const unused = new Int32Array(recipe.batch);
  return (random: Random) => {
    drawConditions(index, random.fork('critic'), fake.condition, fake.rows);
    permute(random.fork('order'), fake, real);
    expandRows(table, real.rows, feed.real as Float32Array);
    drawConditions(index, random.fork('generator'), generator, unused);
  };
}
