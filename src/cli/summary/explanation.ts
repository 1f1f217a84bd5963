import type { Explanation } from '../../evaluate/explain/explain-model.js';
import { explanationInWords } from '../../evaluate/explain/words.js';

/** What drives a model's rows as tables for people. */
export function explanationTables(explanation: Explanation) {
  const { directions, conditions } = explanationInWords(explanation);
  return {
    ...(directions.length === 0
      ? {}
      : {
          directions: directions.map(({ direction, moves }) => ({
            direction,
            'moves together': moves,
          })),
        }),
    ...(conditions.length === 0
      ? {}
      : {
          conditions: conditions.map(({ condition, hits, moves }) => ({
            condition,
            'met by itself': hits,
            'moves others': moves,
          })),
        }),
  };
}
