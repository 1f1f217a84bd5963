import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { concatenateBatches, gatherRuns } from '../../src/data/batches/interleave.js';
import { readBatches } from '../../src/data/open.js';
import { readTexts } from '../../src/encode/cells/column-texts.js';
import { stratifiedFolds } from '../../src/evaluate/utility/folds.js';
import { createRandom } from '../../src/random.js';

/** Every table's column of classes. */
export const target = 'class';

/** Rows to train on, and to test on. */
export interface Parts {
  readonly train: RecordBatch;
  readonly test: RecordBatch;
}

/** Names of the tables of a half, which was fixed before anything was measured. */
export async function tablesOf(half: string): Promise<string[]> {
  const text = await readFile(new URL('tables.txt', import.meta.url), 'utf8');
  return text.split('\n').flatMap((line) => {
    const [own, name] = line.split(' ');
    return own === half && name ? [name] : [];
  });
}

/** A table, split 70 : 30, with about the same share of each class in both. */
export async function splitTable(directory: string, name: string, seed: number): Promise<Parts> {
  const batches: RecordBatch[] = [];
  for await (const batch of readBatches([join(directory, `${name}.csv`)])) batches.push(batch);
  const whole = concatenateBatches((batches[0] as RecordBatch).schema, batches);
  const texts = textsOf(whole);
  const levels = [...new Set(texts)];
  const codes = texts.map((text) => levels.indexOf(text));
  const folds = stratifiedFolds(codes, 10, createRandom(seed).fork('split'));
  const test = folds.slice(0, 3).flatMap((fold) => [...fold.test]);
  const isTest = new Set(test);
  const take = (rows: readonly number[]) =>
    gatherRuns(
      whole.schema,
      [whole],
      rows.map((row) => ({ source: 0, start: row, length: 1 })),
    );
  return {
    train: take([...texts.keys()].filter((row) => !isTest.has(row))),
    test: take(test.sort((a, b) => a - b)),
  };
}

/** The class of each row. */
export function textsOf(batch: RecordBatch): string[] {
  const vector = batch.getChild(target);
  return vector ? readTexts(vector).map(String) : [];
}
