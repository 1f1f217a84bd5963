import type { RecordBatch } from 'apache-arrow';
import type { Feed } from '../../../compute/program.js';
import type { SpanValues } from '../../../encode/encoder.js';
import type { PlacedSpan } from '../../../encode/table.js';
import type { Random } from '../../../random.js';
import { withWantedColumns } from '../../conditions/put-wanted.js';
import type { ResolvedConditions } from '../../conditions/resolve.js';
import { sampleMatching, type WantedCode } from '../../conditions/sample-matching.js';
import type { RunGenerator } from '../family.js';
import { readOutputs } from './read-outputs.js';
import { joinTables, pickSequences, type SequenceTable } from './sequence-table.js';
import type { SequenceShape } from './shape.js';

/** Tries that take attributes as they come; the ones behind them are given what is wanted. */
const freeTries = 3;

/** What makes sequences that meet resolved conditions. */
export interface MatchingSequences {
  readonly shape: SequenceShape;
  readonly resolved: ResolvedConditions;
  readonly rows: number;
  readonly run: RunGenerator;
}

/**
 * A batch of sequences whose attributes all meet resolved conditions, and how many did by themselves.
 *
 * Sequences whose attributes are right by chance come first: what else they have goes with it. Rare
 * attributes are then given to the generator, which makes series for them.
 */
export async function makeMatchingSequences(
  { shape, resolved, rows, run }: MatchingSequences,
  random: Random,
  decode: (table: SequenceTable) => RecordBatch,
): Promise<{ batch: RecordBatch; hits: number }> {
  const tables: SequenceTable[] = [];
  const { values, levels, hits } = await sampleMatching(
    resolved,
    rows,
    async (own, wanted) => {
      const codes = Array.from({ length: rows }, (_, row) => wanted(row));
      const isFree = tables.length < freeTries;
      const { outputs } = await run(own.fork('generate'), (feed) =>
        give(shape, feed, isFree ? [] : codes),
      );
      const table = readOutputs(shape, outputs, rows);
      if (!isFree) setCodes(table, codes);
      const first = tables.length * rows;
      tables.push(table);
      // Beside the attributes goes the place of their series among all that were made.
      return [...table.attributes.values, Int32Array.from({ length: rows }, (_, k) => first + k)];
    },
    random.fork('wish'),
  );
  const places = values.at(-1) as Int32Array;
  const table = pickSequences(joinTables(tables), places);
  const attributes = { ...table.attributes, values: values.slice(0, -1) as SpanValues[] };
  const batch = decode({ ...table, attributes });
  return { batch: withWantedColumns(batch, resolved, levels), hits };
}

/** Gives each row the wanted code of one attribute, or none. */
function give(
  { attributes }: SequenceShape,
  feed: Feed,
  codes: readonly (WantedCode | undefined)[],
): void {
  const { given, isGiven } = feed;
  if (!given || !isGiven) return;
  given.fill(0);
  isGiven.fill(0);
  codes.forEach((wanted, row) => {
    if (!wanted) return;
    const { offset, size } = attributes.spans[wanted.index] as PlacedSpan;
    const at = row * attributes.width + offset;
    isGiven.fill(1, at, at + size);
    given[at + wanted.code] = 1;
  });
}

/** What was given is what the sequences are of. */
function setCodes({ attributes }: SequenceTable, codes: readonly (WantedCode | undefined)[]): void {
  codes.forEach((wanted, row) => {
    if (wanted) (attributes.values[wanted.index] as SpanValues)[row] = wanted.code;
  });
}
