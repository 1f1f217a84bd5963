import type { RecordBatch, Schema } from 'apache-arrow';
import {
  createRunList,
  gatherRuns,
  listRuns,
  type RunList,
} from '../../data/batches/interleave.js';
import type { BatchSlice } from './batch-slice.js';
import type { Ratio } from './ratio.js';

/** Synthetic rows of one output batch, at most: at a high ratio, a few real rows owe very many. */
export const mostDue = 65_536;

/** Sources of the runs of a plan: the real batch, or the next synthetic rows. */
export const sourceOfRun = { real: 0, synthetic: 1 } as const;

/** One output batch: how many synthetic rows it takes, and in what order rows follow each other. */
export interface MixPart {
  readonly due: number;
  readonly runs: RunList;
  /** The row of the real batch that makes synthetic row `k` of the part due. */
  readonly ancestorOf: (k: number) => number;
  /** Of which classes they are, in order; none where all rows count alike. */
  readonly classes?: readonly { readonly place: number; readonly count: number }[];
}

/**
 * How a real batch and the synthetic rows that it makes due become output batches.
 *
 * @param before Real rows that went out before this batch.
 */
export function* planParts(
  ratio: Ratio,
  before: number,
  rows: number,
  placement: 'interleave' | 'append',
): Generator<MixPart, void, undefined> {
  const first = ratio.dueAfter(before);
  const due = ratio.dueAfter(before + rows) - first;
  let done = 0;
  for (let start = 0; start < due || start === 0; start += mostDue) {
    const count = Math.min(mostDue, due - start);
    const last = start + count === due;
    // Real rows of this part go up to the one that makes its last synthetic row due.
    const until =
      placement === 'append' || last ? rows : ratio.realRowsFor(first + start + count) - before;
    const runs =
      placement === 'append'
        ? appended(done, until, count)
        : interleaved(ratio, before, { done, until }, first + start, count);
    const ancestorOf = (k: number) => ratio.realRowsFor(first + start + k + 1) - before - 1;
    yield { due: count, runs, ancestorOf };
    done = until;
  }
}

function appended(done: number, until: number, count: number): RunList {
  const { real, synthetic } = sourceOfRun;
  return listRuns([
    { source: real, start: done, length: until - done },
    { source: synthetic, start: 0, length: count },
  ]);
}

/** Each synthetic row right after the real row that makes it due. */
function interleaved(
  ratio: Ratio,
  before: number,
  range: { done: number; until: number },
  first: number,
  count: number,
): RunList {
  const { real, synthetic } = sourceOfRun;
  const runs = createRunList(2 * count + 1);
  let { done } = range;
  for (let k = 0; k < count; ) {
    const dueAt = ratio.realRowsFor(first + k + 1);
    const place = dueAt - before;
    if (place > done) runs.add(real, done, place - done);
    done = Math.max(done, place);
    // All rows that the same real row makes due are one run.
    const length = Math.min(count, ratio.dueAfter(dueAt) - first) - k;
    runs.add(synthetic, k, length);
    k += length;
  }
  if (range.until > done) runs.add(real, done, range.until - done);
  return runs;
}

/** One output batch, from its plan and the synthetic rows that it takes. */
export function mixPart(
  schema: Schema,
  real: RecordBatch,
  synthetic: readonly BatchSlice[],
  runs: RunList,
): RecordBatch {
  const sources = [real, ...synthetic.map(({ batch }) => batch)];
  return gatherRuns(schema, sources, locate(synthetic, runs));
}

/** The runs by source: the real batch is source 0, and synthetic runs walk along the slices. */
function locate(
  slices: readonly BatchSlice[],
  { count, sources, starts, lengths }: RunList,
): RunList {
  const located = createRunList(count + slices.length);
  let [index, used] = [0, 0];
  for (let run = 0; run < count; run++) {
    const length = lengths[run] as number;
    const isReal = sources[run] === sourceOfRun.real;
    if (isReal) located.add(0, starts[run] as number, length);
    for (let left = isReal ? 0 : length; left > 0; ) {
      const slice = slices[index] as BatchSlice;
      const taken = Math.min(left, slice.length - used);
      located.add(index + 1, slice.start + used, taken);
      left -= taken;
      used += taken;
      if (used === slice.length) [index, used] = [index + 1, 0];
    }
  }
  return located;
}
