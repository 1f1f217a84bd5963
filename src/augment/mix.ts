import type { RecordBatch, Schema } from 'apache-arrow';
import { gatherRuns, type Run } from '../data/interleave.js';
import type { Ratio } from './ratio.js';
import type { RowRange } from './synthetic-rows.js';

/** Synthetic rows of one output batch, at most: at a high ratio, a few real rows owe very many. */
const mostDue = 65_536;

/** Rows next to each other in the output: of the real batch from `start`, or the next synthetic ones. */
export interface MixRun {
  readonly real: boolean;
  readonly start: number;
  readonly length: number;
}

/** One output batch: how many synthetic rows it takes, and in what order rows follow each other. */
export interface MixPart {
  readonly due: number;
  readonly runs: readonly MixRun[];
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
    yield { due: count, runs };
    done = until;
  }
}

function appended(done: number, until: number, count: number): MixRun[] {
  return [
    { real: true, start: done, length: until - done },
    { real: false, start: 0, length: count },
  ];
}

/** Each synthetic row right after the real row that makes it due. */
function interleaved(
  ratio: Ratio,
  before: number,
  range: { done: number; until: number },
  first: number,
  count: number,
): MixRun[] {
  const runs: MixRun[] = [];
  let { done } = range;
  for (let k = 0; k < count; ) {
    const dueAt = ratio.realRowsFor(first + k + 1);
    const place = dueAt - before;
    if (place > done) runs.push({ real: true, start: done, length: place - done });
    done = Math.max(done, place);
    // All rows that the same real row makes due are one run.
    const length = Math.min(count, ratio.dueAfter(dueAt) - first) - k;
    runs.push({ real: false, start: k, length });
    k += length;
  }
  if (range.until > done) runs.push({ real: true, start: done, length: range.until - done });
  return runs;
}

/** One output batch, from its plan and the synthetic rows that it takes. */
export function mixPart(
  schema: Schema,
  real: RecordBatch,
  synthetic: readonly RowRange[],
  runs: readonly MixRun[],
): RecordBatch {
  const sources = [real, ...synthetic.map(({ batch }) => batch)];
  return gatherRuns(schema, sources, locate(synthetic, runs));
}

/** The runs by source: the real batch is source 0, and synthetic runs walk along the ranges. */
function locate(ranges: readonly RowRange[], runs: readonly MixRun[]): Run[] {
  const located: Run[] = [];
  let [index, used] = [0, 0];
  for (const { real, start, length } of runs) {
    if (real) located.push({ source: 0, start, length });
    for (let left = real ? 0 : length; left > 0; ) {
      const range = ranges[index] as RowRange;
      const taken = Math.min(left, range.length - used);
      located.push({ source: index + 1, start: range.start + used, length: taken });
      left -= taken;
      used += taken;
      if (used === range.length) [index, used] = [index + 1, 0];
    }
  }
  return located;
}
