import type { Feed } from '../../../../../compute/program.js';
import { type EncodedTable, expandRows } from '../../../../../encode/table.js';
import type { PrivacyBudget } from '../../../../../privacy/budget.js';
import { poissonSample } from '../../../../../privacy/poisson-sample.js';
import type { SecretRandom } from '../../../../../privacy/secret-random.js';
import type { Random } from '../../../../../random.js';
import type { RowShape } from '../../shape.js';
import { createConditionFiller } from '../condition-filler.js';
import { noiseName } from './inputs.js';
import type { PrivateRecipe } from './recipe.js';

/** What fills the inputs of a step that are not seeded noise. */
export interface PrivateData {
  readonly table: EncodedTable;
  readonly shape: RowShape;
  readonly recipe: PrivateRecipe;
  readonly budget: PrivacyBudget;
  /** Real rows that there is room for in each update. */
  readonly sampled: number;
  readonly secret: SecretRandom;
}

/**
 * Fills real rows, drawn by a Poisson sample, and the noise, both from secret streams of their update's
 * own; and conditions of made rows by the noisy counts of their levels.
 *
 * The condition of a real row is its own level of a column that is drawn evenly: how rows are drawn does
 * not depend on others.
 */
export function createPrivateFiller({
  table,
  shape,
  recipe,
  budget,
  sampled,
  secret,
}: PrivateData) {
  const { criticUpdates, clip } = recipe;
  const fillConditions = createConditionFiller(shape);
  const levels = levelsOf(table, shape);
  const chosen = new Int32Array(sampled);
  return (feed: Feed, random: Random, step: number) => {
    for (const name of ['condition', 'generatorCondition']) {
      if (feed[name]) fillConditions(feed[name] as Float32Array, random.fork(name));
    }
    for (let update = 0; update < criticUpdates; update++) {
      const part = (name: string) => {
        const all = feed[name] as Float32Array;
        const size = all.length / criticUpdates;
        return all.subarray(update * size, (update + 1) * size);
      };
      const own = secret.fork('update', step * criticUpdates + update);
      const count = poissonSample(own.fork('rows'), table.rows, budget.sampleRate, chosen);
      const rows = chosen.subarray(0, count);
      const real = part('real').fill(0);
      expandRows(table, rows, real);
      part('rowWeights').fill(0).fill(1, 0, count);
      if (feed.realCondition) fillOwnLevels(part('realCondition'), rows, own.fork('condition'));
      for (const name of Object.keys(feed)) {
        if (!name.startsWith(noiseName(''))) continue;
        own.fork(name).fillNormal(part(name), clip * budget.noiseMultiplier);
      }
    }
  };

  function fillOwnLevels(condition: Float32Array, rows: Int32Array, random: SecretRandom): void {
    condition.fill(0);
    const words = random.words(rows.length);
    rows.forEach((row, place) => {
      const column = levels[(words[place] as number) % levels.length] as (typeof levels)[0];
      condition[place * shape.condition + column.offset + (column.codes[row] as number)] = 1;
    });
  }
}

/** The codes of the columns that rows are conditioned on, and where these stand in a condition. */
function levelsOf({ layout, values }: EncodedTable, { scalars }: RowShape) {
  return layout.spans.flatMap((span, index) =>
    span.kind === 'onehot' && span.role === 'category'
      ? [{ offset: span.offset - scalars, codes: values[index] as Int32Array }]
      : [],
  );
}
