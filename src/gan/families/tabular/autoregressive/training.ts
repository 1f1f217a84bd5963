import { compile } from '../../../../compute/compile.js';
import type { ExecutionTarget } from '../../../../compute/engines/options.js';
import type { HostTensors } from '../../../../compute/tensor.js';
import type { EncodedTable } from '../../../../encode/table.js';
import { createEma } from '../../../../nn/ema.js';
import { createAdam } from '../../../../nn/optimizers/adam.js';
import type { Random } from '../../../../random.js';
import type { Training } from '../../../training/training.js';
import { generatorWeights } from '../generator-weights.js';
import type { CodeSpan } from './code-order.js';
import { createDataFiller, expandCodes } from './fill-data.js';
import { trainingInputs } from './inputs.js';
import { createNetworks } from './networks.js';
import type { AutoregressiveRecipe } from './recipe.js';
import { autoregressiveStep, optimizerName, surprise } from './step.js';

/** What a table is trained with besides its rows. */
export interface AutoregressiveData {
  readonly table: EncodedTable;
  readonly spans: readonly CodeSpan[];
  /** Rows to judge by; without them none is. */
  readonly held?: EncodedTable | undefined;
  /** Gives the order of the rows. */
  readonly random: Random;
}

/** The networks of a recipe, to be trained on an encoded table. */
export function autoregressiveTraining(
  data: AutoregressiveData,
  recipe: AutoregressiveRecipe,
): Training {
  const { table, spans, held, random } = data;
  return {
    inputs: trainingInputs(recipe, spans),
    step: autoregressiveStep(recipe, spans),
    state(start) {
      const networks = createNetworks(recipe, spans, table, start);
      return {
        ...networks,
        ...createAdam(optimizerName, networks),
        ...(recipe.emaDecay > 0 ? createEma(networks) : {}),
      };
    },
    fillData: createDataFiller(table, spans, recipe, random),
    scaleLearningRate(factor) {
      const { optimizer } = recipe;
      const learningRate = optimizer.learningRate * factor;
      return autoregressiveTraining(data, { ...recipe, optimizer: { ...optimizer, learningRate } });
    },
    ...(held && {
      async score(state, target) {
        const even = { ...recipe, targetWeight: 1 };
        const loss = await meanSurprise(even, spans, generatorWeights(state), held, target);
        // Likelihood is lost where rows are all alike.
        return { score: -loss, variety: 1 };
      },
    }),
  };
}

/** The mean negative log-likelihood of rows, in nats. */
async function meanSurprise(
  recipe: AutoregressiveRecipe,
  spans: readonly CodeSpan[],
  state: HostTensors,
  rows: EncodedTable,
  target: Partial<ExecutionTarget>,
): Promise<number> {
  const count = Math.min(rows.rows, recipe.batch);
  const { codes, known } = trainingInputs({ ...recipe, batch: count }, spans);
  const inputs = { codes, known } as Record<string, NonNullable<typeof codes>>;
  const program = await compile(
    {
      state,
      inputs,
      step: (weights, given) => ({
        state: weights,
        outputs: { surprise: surprise(recipe, spans, weights, given) },
      }),
    },
    target,
  );
  const width = codes?.shape[1] as number;
  const feed = {
    codes: new Float32Array(count * width),
    known: new Float32Array(spans.length),
  };
  let total = 0;
  try {
    const chunks = Math.ceil(rows.rows / count);
    for (let chunk = 0; chunk < chunks; chunk++) {
      // The last chunk is a whole one too.
      const start = Math.min(chunk * count, rows.rows - count);
      expandCodes(rows, spans, (place) => start + place, count, feed.codes);
      const { surprise: loss } = await program.run(feed);
      total += (loss?.values[0] as number) / chunks;
    }
    return total;
  } finally {
    await program.dispose();
  }
}
