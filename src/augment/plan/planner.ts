import type { RecordBatch, Schema } from 'apache-arrow';
import { createRandom, type Seed } from '../../random.js';
import { type MixPart, planParts } from '../mixing/mix.js';
import { limitRatio, type Ratio } from '../mixing/ratio.js';
import type { Shares } from '../mixing/shares.js';
import { createClassifier } from './classify.js';
import { appendedRows, type DueRows, replacedRows } from './due-rows.js';
import type { Eligibility } from './eligible-rows.js';
import { planRows } from './plan-rows.js';

/** How synthetic rows come among the real ones. */
export interface PlanOptions {
  readonly mode?: 'append' | 'replace' | undefined;
  readonly placement?: 'interleave' | 'append' | undefined;
  readonly limit?: number | undefined;
  readonly seed?: Seed | undefined;
  readonly partition?: number | undefined;
  /** What is made anew of a real row: only rows of which it can be make others due, and count. */
  readonly eligible?: Eligibility | undefined;
  /** Real rows of the partitions before. */
  readonly rowsBefore?: number | undefined;
}

/** Says, batch after batch, which rows follow each other; it counts rows from `rowsBefore` on. */
export type Planner = (batch: RecordBatch) => Iterable<MixPart>;

/** @throws SchemaError when the shares are of a column that the schema lacks. */
export function createPlanner(schema: Schema, shares: Shares, options: PlanOptions): Planner {
  const { mode = 'append', placement = 'interleave', limit = Number.POSITIVE_INFINITY } = options;
  const classify = createClassifier(schema, shares);
  const { eligible, rowsBefore } = options;
  if (mode === 'append' && !classify && !eligible) {
    return planEvenly(limitRatio(shares.ratios[0] as Ratio, limit), placement, rowsBefore);
  }
  const random = createRandom(options.seed ?? 0).fork('replace', options.partition ?? 0);
  const due: DueRows[] = shares.ratios.map((ratio, place) =>
    mode === 'append'
      ? appendedRows(ratio, rowsBefore)
      : replacedRows(ratio, random.fork(shares.classes[place] ?? 'otherwise', place)),
  );
  return planRows({ classify, eligible, due, replaces: mode === 'replace', placement, limit });
}

/** All rows alike: only the rows that make others due are looked at. */
function planEvenly(ratio: Ratio, placement: 'interleave' | 'append', rowsBefore = 0): Planner {
  let real = rowsBefore;
  return ({ numRows }) => {
    const before = real;
    real += numRows;
    return planParts(ratio, before, numRows, placement);
  };
}
