import type { Feed, Program } from '../../compute/program.js';
import { mapEntries, sizeOf } from '../../compute/tensor.js';
import type { Random } from '../../random.js';
import { fillNoise } from '../noise.js';
import { cumulate, pick } from './condition.js';
import { samplingInputs } from './inputs.js';
import type { TabularRecipe } from './recipe.js';
import type { RowShape } from './shape.js';

/**
 * A function that makes one chunk of rows, [rows, width], from a random stream.
 *
 * Conditions are drawn by the categories' true frequencies, a column evenly.
 */
export function createChunkSampler(
  program: Program,
  recipe: TabularRecipe,
  shape: RowShape,
  rows: number,
): (random: Random, fill?: FillConditions) => Promise<Float32Array> {
  const inputs = samplingInputs(recipe, shape, rows);
  const feed: Feed = mapEntries(inputs, (input) => new Float32Array(sizeOf(input.shape)));
  const fillTrue = createConditionFiller(shape);
  return async (random, fillConditions = fillTrue) => {
    fillNoise(inputs, feed, random.fork('noise'));
    if (feed.condition) {
      fillConditions(feed.condition as Float32Array, random.fork('condition'));
    }
    const outputs = await program.run(feed);
    return outputs.rows?.values as Float32Array;
  };
}

/** Fills conditions [rows, condition], row-major, one-hot. */
export type FillConditions = (condition: Float32Array, random: Random) => void;

/** Fills one-hot conditions [rows, condition]: a column evenly, a category by its frequency. */
export function createConditionFiller({ counts, condition: width }: RowShape): FillConditions {
  let next = 0;
  const columns = counts.map((levels) => {
    const offset = next;
    next += levels.length;
    return { offset, cumulative: cumulate(levels) };
  });
  return (condition, random) => {
    condition.fill(0);
    for (let start = 0; start < condition.length; start += width) {
      const { offset, cumulative } = columns[random.integer(columns.length)] as (typeof columns)[0];
      condition[start + offset + pick(cumulative, random.uniform())] = 1;
    }
  };
}
