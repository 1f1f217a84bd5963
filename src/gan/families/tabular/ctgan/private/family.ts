import type { RecordBatch } from 'apache-arrow';
import type { ColumnEncoder } from '../../../../../encode/encoder.js';
import { fitPrivately } from '../../../../../encode/private/fit-private.js';
import {
  histogramsOf,
  isLearned,
  isOpen,
  planColumns,
} from '../../../../../encode/private/plan-column.js';
import { encodeTable, type TableLayout } from '../../../../../encode/table.js';
import { isTensorEncoder } from '../../../../../encode/tensor/encoder.js';
import { InvalidOptionError } from '../../../../../errors.js';
import { planBudget, spentAfter } from '../../../../../privacy/budget.js';
import { createNoisyCounts } from '../../../../../privacy/noisy-counts.js';
import type { SecretRandom } from '../../../../../privacy/secret-random.js';
import { createRandom, type Random } from '../../../../../random.js';
import { assertLearnable } from '../../../assert-learnable.js';
import type { Family, PrivacyRequest } from '../../../family.js';
import { calibrateShares } from '../../calibrate/calibrate.js';
import type { SpanShares } from '../../calibrate/shares.js';
import { describeRows, rowsMetadata } from '../../describe-rows.js';
import { generatorWeights } from '../../generator-weights.js';
import { rowShape } from '../../shape.js';
import { exportGenerator } from '../export.js';
import { tabularGenerator } from '../generator.js';
import { samplingInputs } from '../inputs.js';
import { ganLogits } from '../row-maker.js';
import { countPairs } from './noisy-pairs.js';
import { parsePrivateRecipe } from './parse.js';
import { type PrivateRecipe, privateTabular } from './recipe.js';
import { privateTraining } from './training.js';

/** Steps by default. */
const defaultSteps = 2000;

/**
 * A GAN for tables that promises differential privacy: of a row, of all that the model is made of.
 *
 * What is released of the rows is their number and a few histograms, which encoders are fitted by, and
 * the critic's updates; all with noise that is paid for. Everything else is made of these.
 */
export const privateFamily = {
  name: 'private-tabular',
  isPrivate: true,
  recipes: { 'dp-tabular': privateTabular },
  defaultRecipe: () => undefined,
  parse: parsePrivateRecipe,
  canRead: (encoders) => !encoders.some(isTensorEncoder),

  async prepare(recipe, { schema, batches, columns, unmodelled, signal, privacy }) {
    if (!privacy) throw new Error('the family promises privacy, and was not told how much');
    const steps = stepsOf(recipe, privacy);
    const plans = planColumns(schema, columns);
    const budget = planBudget(privacy, {
      // One more: the number of rows.
      histograms: plans.reduce((sum, plan) => sum + histogramsOf(plan), 1),
      openHistograms: plans.filter(isOpen).length,
      share: recipe.histogramShare,
      pairs: recipe.pairs ? countPairs(plans.filter(isLearned).length) : 0,
      pairShare: recipe.pairShare,
      updates: steps * recipe.criticUpdates,
      sampleRate: recipe.sampleRate,
    });
    const noise = createNoisyCounts(budget, privacy.random);
    const rows = noisyRows(batches, noise.addTo);
    assertSmallDelta(privacy.delta, rows);
    const told = { plans, rows, noise, unmodelled, signal };
    const encoders = await fitPrivately(schema, batches, told);
    assertLearnable(schema, encoders);
    const table = await encodeTable(encoders, batches, secretly(privacy.random), signal);
    const { layout } = table;
    const shape = rowShape(layout);
    return {
      encoders,
      training: privateTraining(table, recipe, budget, rows, privacy.random),
      schedule: { batch: recipe.batch, epochs: 1, minimumSteps: steps },
      options: recipe,
      privacy: { steps, rows, spent: (made) => spentAfter(budget, made * recipe.criticUpdates) },
      async finish(state, random, target) {
        const weights = generatorWeights(state);
        const maker = ganLogits(recipe, shape);
        const finished = await calibrateShares(
          { layout, rows },
          noisyShares(layout),
          maker,
          weights,
          random,
          target,
        );
        return { state: finished.state, encoders };
      },
      exportGenerator: (state, encoders: readonly ColumnEncoder[]) =>
        exportGenerator(recipe, shape, state, {
          [rowsMetadata]: JSON.stringify(
            describeRows(samplingInputs(recipe, shape, 1), schema, encoders),
          ),
        }),
    };
  },

  generator: tabularGenerator,
} satisfies Family<PrivateRecipe>;

/** Steps of a training; how many does not depend on the rows, nor does what each costs. */
function stepsOf(
  { sampleRate, criticUpdates }: PrivateRecipe,
  { steps, epochs }: PrivacyRequest,
): number {
  if (epochs !== undefined) return Math.max(Math.round(epochs / (sampleRate * criticUpdates)), 1);
  return steps ?? defaultSteps;
}

/**
 * What draws levels for values that are not learned. By a seed that is known, one row more would change
 * what is drawn for all behind it.
 */
function secretly(random: SecretRandom): Random {
  return createRandom(random.fork('encode').words(8).join());
}

function noisyRows(
  batches: readonly RecordBatch[],
  addNoise: (counts: Float64Array) => Float64Array,
): number {
  const rows = batches.reduce((sum, { numRows }) => sum + numRows, 0);
  return Math.max(Math.round(addNoise(Float64Array.of(rows))[0] as number), 1);
}

/** Refuses a δ at which the rows of some could come out as they are. */
function assertSmallDelta(delta: number, rows: number): void {
  if (delta < 1 / rows) return;
  throw new InvalidOptionError(
    `fit.privacy.delta must be well below one over the number of rows, about ${rows}: ${delta}. With ` +
      'a larger one a model could hold a row, and keep the promise',
  );
}

/** The shares of codes by the noisy counts that encoders were fitted by. */
function noisyShares({ spans }: TableLayout): SpanShares {
  return spans.map((span) => {
    if (span.kind !== 'onehot' || !span.counts) return undefined;
    const total = span.counts.reduce((sum, count) => sum + count, 0);
    return Float64Array.from(span.counts, (count) => count / Math.max(total, 1));
  });
}
