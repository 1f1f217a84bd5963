import type { Random } from '../../../../random.js';
import { cumulate, pick } from '../../../conditions/cumulative-shares.js';
import type { RowShape } from '../shape.js';

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
