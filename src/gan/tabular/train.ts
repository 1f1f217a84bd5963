import { compile } from '../../compute/compile.js';
import type { Place } from '../../compute/engines/options.js';
import { type Feed, feedOfStep } from '../../compute/program.js';
import { type HostTensors, mapEntries, sizeOf } from '../../compute/tensor.js';
import type { EncodedTable } from '../../encode/table.js';
import { TrainingError } from '../../errors.js';
import type { Random } from '../../random.js';
import { fillNoise } from '../noise.js';
import type { TrainingStep } from '../progress.js';
import { indexRows, rowWeights } from './condition.js';
import { createDataFiller } from './fill-data.js';
import { trainingInputs } from './inputs.js';
import { type PairMoments, pairMoments } from './pairs/moments.js';
import type { TabularRecipe } from './recipe.js';
import { rowShape } from './shape.js';
import { initialState } from './state.js';
import { tabularStep } from './step.js';

export interface TrainingOptions extends Partial<Place> {
  readonly steps: number;
  readonly random: Random;
  /** Columns of the encoded row within which pairs are compared: the levels of a target. */
  readonly context?: readonly number[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((step: TrainingStep) => void) | undefined;
}

/** Each run copies the state once, so that more steps a run cost less; and are aborted later. */
const stepsPerRun = 8;

/**
 * Trains the networks on an encoded table.
 *
 * @returns The state after the last step: weights, running statistics and the optimisers' state.
 * @throws TrainingError when a loss is no longer a number; the signal's reason when aborted.
 */
export async function trainTabular(
  table: EncodedTable,
  recipe: TabularRecipe,
  { steps, random, signal, onStep, context = [], ...place }: TrainingOptions,
): Promise<HostTensors> {
  const shape = rowShape(table.layout);
  const inputs = trainingInputs(recipe, shape);
  const pairs = pairsOf(table, recipe, context);
  const step = tabularStep(recipe, shape, pairs);
  const state = initialState(recipe, shape, random.fork('weights'), pairs);
  const program = await compile({ step, state, inputs }, place);
  const fillData = createDataFiller(table, recipe);
  const buffers = mapEntries(
    inputs,
    ({ shape }) => new Float32Array(Math.min(steps, stepsPerRun) * sizeOf(shape)),
  );
  try {
    for (let done = 0; done < steps; ) {
      signal?.throwIfAborted();
      const count = Math.min(stepsPerRun, steps - done);
      const feed: Feed = mapEntries(inputs, ({ shape }, name) =>
        (buffers[name] as Float32Array).subarray(0, count * sizeOf(shape)),
      );
      for (let k = 0; k < count; k++) {
        const stepRandom = random.fork('step', done + k);
        const stepFeed = feedOfStep(inputs, feed, k);
        fillNoise(inputs, stepFeed, stepRandom.fork('noise'));
        fillData(stepFeed, stepRandom.fork('data'));
      }
      const losses = await program.run(feed, count);
      for (let k = 0; k < count; k++) {
        signal?.throwIfAborted();
        const loss = (name: string) => losses[name]?.values[k] as number;
        const [criticLoss, generatorLoss] = [loss('criticLoss'), loss('generatorLoss')];
        report({ step: ++done, steps, criticLoss, generatorLoss }, onStep);
      }
    }
    return program.readState();
  } finally {
    await program.dispose();
  }
}

function pairsOf(
  table: EncodedTable,
  recipe: TabularRecipe,
  context: readonly number[],
): PairMoments | undefined {
  if (!recipe.pairs) return;
  const weights = rowWeights(indexRows(table, recipe.conditionPower));
  return pairMoments(table, weights, context, recipe.pairs.most);
}

/** Raises when a step's losses are no longer numbers; else reports them. */
function report(step: TrainingStep, onStep: TrainingOptions['onStep']): void {
  const { criticLoss, generatorLoss } = step;
  if (!Number.isFinite(criticLoss + generatorLoss)) {
    throw new TrainingError(
      `training diverged at step ${step.step} of ${step.steps}: critic loss ${criticLoss}, ` +
        `generator loss ${generatorLoss}. Try another seed, a lower learning rate or fewer steps`,
    );
  }
  onStep?.(step);
}
