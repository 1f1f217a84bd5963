import type { RecordBatch, Schema } from 'apache-arrow';
import type { Feed } from '../../../compute/program.js';
import type { ColumnEncoder } from '../../../encode/encoder.js';
import { collapseRows, decodeTable, layoutOf, type PlacedSpan } from '../../../encode/table.js';
import type { Random } from '../../../random.js';
import { withWantedColumns } from '../../conditions/put-wanted.js';
import type { ResolvedConditions } from '../../conditions/resolve.js';
import { type MatchingRows, sampleMatching } from '../../conditions/sample-matching.js';
import type { RunGenerator } from '../family.js';
import { rowShape } from './shape.js';

/** What makes rows of a table that meet resolved conditions. */
export interface BatchMaker {
  readonly schema: Schema;
  readonly encoders: readonly ColumnEncoder[];
  readonly rows: number;
  readonly run: RunGenerator;
}

/** A batch of rows that all meet resolved conditions, and how many of them did so by themselves. */
export async function makeMatchingBatch(
  { schema, encoders, rows, run }: BatchMaker,
  resolved: ResolvedConditions,
  random: Random,
): Promise<{ batch: RecordBatch; hits: number }> {
  const layout = layoutOf(encoders);
  const shape = rowShape(layout);
  const met = await sampleMatching(
    resolved,
    rows,
    async (own, wanted) => {
      const categories = Array.from({ length: rows }, (_, row) => wanted(row));
      const fill = (feed: Feed) => {
        const condition = feed.condition as Float32Array;
        condition.fill(0);
        for (const [row, category] of categories.entries()) {
          if (!category) continue;
          const { offset } = layout.spans[category.index] as PlacedSpan;
          condition[row * shape.condition + offset - shape.scalars + category.code] = 1;
        }
      };
      const isConditioned = categories.some((category) => category !== undefined);
      const { outputs } = await run(own.fork('generate'), isConditioned ? fill : undefined);
      return collapseRows(layout, outputs.rows?.values as Float32Array, rows);
    },
    random.fork('wish'),
  );
  return decodeMatching({ schema, encoders, rows }, resolved, met, random);
}

/** A batch of rows that meet resolved conditions, with what their codes do not say of the wanted values. */
export function decodeMatching(
  { schema, encoders, rows }: Omit<BatchMaker, 'run'>,
  resolved: ResolvedConditions,
  { values, levels, hits }: MatchingRows,
  random: Random,
): { batch: RecordBatch; hits: number } {
  const batch = decodeTable(encoders, schema, values, rows, random.fork('decode'));
  return { batch: withWantedColumns(batch, resolved, levels), hits };
}
