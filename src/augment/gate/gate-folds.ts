import type { RecordBatch } from 'apache-arrow';
import { concatenateBatches, gatherRuns } from '../../data/batches/interleave.js';
import { readTexts } from '../../encode/cells/column-texts.js';
import { stratifiedFolds } from '../../evaluate/utility/folds.js';
import { createRandom, type Seed } from '../../random.js';

/** Rows that are learned from, and those that are tested on. */
export interface GateFold {
  readonly repeat: number;
  /** Places in all rows. */
  readonly train: Int32Array;
  readonly test: Int32Array;
  readonly training: readonly RecordBatch[];
}

/** More levels than these are no classes. */
const mostClasses = 20;

/** The class of each row as a code, and how many rows each has; one class for a number. */
export function classesOf(
  rows: RecordBatch,
  target: string,
): { codes: Int32Array; counts: number[] } {
  const vector = rows.getChild(target);
  const texts = vector ? readTexts(vector) : [];
  const levels = [...new Set(texts)].filter((text) => text !== null);
  if (levels.length > mostClasses) return { codes: new Int32Array(rows.numRows), counts: [] };
  const placeOf = new Map<string | null, number>(levels.map((text, place) => [text, place]));
  const codes = Int32Array.from(texts, (text) => placeOf.get(text) ?? -1);
  const counts = levels.map((_, place) => codes.reduce((sum, code) => sum + +(code === place), 0));
  return { codes, counts };
}

/**
 * All rows cut into folds again and again, each with its share of every class; a class of one row is
 * learned in all of them, and tested in none.
 */
export function crossFolds(
  rows: RecordBatch,
  codes: Int32Array,
  { folds, repeats }: { readonly folds: number; readonly repeats: number },
  seed: Seed,
): GateFold[] {
  const random = createRandom(seed).fork('gate folds');
  const lone = loneRows(codes);
  return Array.from({ length: repeats }, (_, repeat) =>
    stratifiedFolds(codes, folds, random.fork(repeat)).map((fold) => {
      const test = fold.test.filter((row) => !lone.has(row));
      const learned = fold.test.filter((row) => lone.has(row));
      const train = Int32Array.from([...fold.train, ...learned]).sort();
      return { repeat, train, test, training: [take(rows, train)] };
    }),
  ).flat();
}

/** Rows of a class that no other row has. */
function loneRows(codes: Int32Array): ReadonlySet<number> {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const rows = [...codes.keys()];
  return new Set(rows.filter((row) => counts.get(codes[row] as number) === 1));
}

/** One fold: rows that were held out, behind those to learn from. */
export function heldOutFold(
  training: readonly RecordBatch[],
  holdout: readonly RecordBatch[],
): { rows: readonly RecordBatch[]; folds: GateFold[] } {
  const count = (batches: readonly RecordBatch[]) =>
    batches.reduce((sum, { numRows }) => sum + numRows, 0);
  const [learned, tested] = [count(training), count(holdout)];
  const train = Int32Array.from({ length: learned }, (_, row) => row);
  const test = Int32Array.from({ length: tested }, (_, row) => learned + row);
  return { rows: [...training, ...holdout], folds: [{ repeat: 0, train, test, training }] };
}

function take(rows: RecordBatch, places: Int32Array): RecordBatch {
  const runs = Array.from(places, (start) => ({ source: 0, start, length: 1 }));
  return gatherRuns(rows.schema, [rows], runs);
}

/** All rows as one batch. */
export function joined(batches: readonly RecordBatch[]): RecordBatch {
  return concatenateBatches((batches[0] as RecordBatch).schema, batches);
}
