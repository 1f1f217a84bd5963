import type { RecordBatch } from 'apache-arrow';
import type { Feed } from '../../../../compute/program.js';
import { collapseRows, layoutOf, type PlacedSpan } from '../../../../encode/table.js';
import type { Random } from '../../../../random.js';
import type { ResolvedConditions } from '../../../conditions/resolve.js';
import { sampleConditioned } from '../../../conditions/sample-matching.js';
import { type BatchMaker, decodeMatching } from '../make-batch.js';
import { rowShape } from '../shape.js';

/**
 * A batch of rows that meet resolved conditions, of a generator that draws the other columns by what is
 * wanted, and how many of them did so by themselves: all but for rare levels that share a code.
 */
export async function makeConditionedBatch(
  maker: BatchMaker,
  resolved: ResolvedConditions,
  random: Random,
): Promise<{ batch: RecordBatch; hits: number }> {
  const { encoders, rows, run } = maker;
  const layout = layoutOf(encoders);
  const { scalars, onehots } = rowShape(layout);
  const met = await sampleConditioned(
    resolved,
    rows,
    async (own, wanted) => {
      const fill = (feed: Feed) => {
        const codes = feed.wanted as Float32Array;
        codes.fill(0);
        for (let row = 0; row < rows; row++) {
          for (const { index, code } of wanted(row)) {
            const { offset } = layout.spans[index] as PlacedSpan;
            codes[row * onehots + offset - scalars + code] = 1;
          }
        }
      };
      const { outputs } = await run(own.fork('generate'), fill);
      return collapseRows(layout, outputs.rows?.values as Float32Array, rows);
    },
    random.fork('wish'),
  );
  return decodeMatching(maker, resolved, met, random);
}
