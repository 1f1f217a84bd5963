import type { RecordBatch, Schema } from 'apache-arrow';
import { createAdopter } from '../data/adopt/batch.js';
import { type BatchSource, toBatches } from '../data/batches/batch-source.js';
import { gatherRuns } from '../data/batches/interleave.js';
import { assertSameSchema } from '../data/schema/schema.js';
import type { Random } from '../random.js';
import { abortable } from '../threads/abortable.js';

/** Rows in memory, or batches that come one after the other, of any number of rows. */
export type RowsSource = BatchSource;

/** Rows that were drawn, and of how many. */
export interface DrawnRows {
  /** At most `limit` rows in all, in the order of the source. */
  readonly batches: readonly RecordBatch[];
  readonly total: number;
}

/** Rows of one batch with a random key each: the rows with the smallest keys stay. */
interface Keyed {
  readonly batch: RecordBatch;
  readonly keys: Float64Array;
}

/**
 * At most `limit` rows of a source, drawn without replacement, each as likely as any other; no more
 * than twice as many are in memory, and a batch. Which rows does not depend on how they are cut into
 * batches.
 */
export async function drawRows(
  source: RowsSource,
  limit: number,
  random: Random,
  what: string,
  signal?: AbortSignal,
): Promise<DrawnRows> {
  let kept: Keyed[] = [];
  let [held, total] = [0, 0];
  let highest = Number.POSITIVE_INFINITY;
  let schema: Schema | undefined;
  const adopt = createAdopter();
  for await (const each of abortable(toBatches(source, what), signal)) {
    const batch = adopt(each);
    schema ??= batch.schema;
    assertSameSchema(schema, batch.schema, what);
    total += batch.numRows;
    const keys = Float64Array.from({ length: batch.numRows }, () => random.uniform());
    const chosen = choose({ batch, keys }, highest);
    if (chosen.keys.length === 0) continue;
    kept.push(chosen);
    held += chosen.keys.length;
    if (held < 2 * limit) continue;
    [kept, highest] = shrink(kept, limit);
    held = limit;
  }
  if (held > limit) [kept] = shrink(kept, limit);
  return { batches: kept.map(({ batch }) => batch), total };
}

/** Only the rows with the `limit` smallest keys, and what their keys are below. */
function shrink(kept: readonly Keyed[], limit: number): [Keyed[], number] {
  const keys = Float64Array.from(kept.flatMap((own) => [...own.keys])).sort();
  const highest = keys[limit] as number;
  return [kept.map((own) => choose(own, highest)).filter((own) => own.keys.length > 0), highest];
}

/** The rows whose keys are below a bound. */
function choose({ batch, keys }: Keyed, highest: number): Keyed {
  if (keys.every((key) => key < highest)) return { batch, keys };
  const runs: { source: number; start: number; length: number }[] = [];
  for (const [start, key] of keys.entries()) {
    if (key < highest) runs.push({ source: 0, start, length: 1 });
  }
  return {
    batch: gatherRuns(batch.schema, [batch], runs),
    keys: keys.filter((key) => key < highest),
  };
}
