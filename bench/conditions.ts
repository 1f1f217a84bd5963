/**
 * Do rows have what `where` and `balance` ask for?
 * `npm run bench -- conditions --data train.parquet --model MODEL --balance income`
 *
 * For each level of each column of categories that occurs in the data, rows are made with `where` that
 * level, and counted; then the data is augmented with `balance` by a column until half of the output is
 * synthetic. `npm run bench -- tables --keep DIRECTORY` leaves the data and the models there.
 */
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import { augmentBatches } from '../src/augment/augment-batches.js';
import { sampleBatches } from '../src/augment/sample-batches.js';
import { readBatches } from '../src/data/open.js';
import type { CellValue, ConditionReport } from '../src/gan/conditions/options.js';
import { loadModel } from '../src/gan/model/directory.js';
import type { Model } from '../src/gan/model/model.js';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      model: { type: 'string' },
      rows: { type: 'string', default: '200' },
      balance: { type: 'string' },
    },
  });
  const { data, model: directory, balance } = values;
  if (data === undefined || directory === undefined) {
    throw new Error('name the data and a model of it: --data FILE --model DIRECTORY');
  }
  const rows = Number(values.rows);
  const model = await loadModel(directory);
  const real: RecordBatch[] = [];
  for await (const batch of readBatches([data])) real.push(batch);
  console.log(`${rows} rows for each level\n`);
  console.log('| column | levels | rows that have it | of them by themselves |\n|---|---|---|---|');
  for (const { name, encoder } of model.manifest.columns) {
    if (encoder !== 'categorical') continue;
    const levels = [...countLevels(real, name).keys()];
    let [right, hits, made] = [0, 0, 0];
    for (const level of levels) {
      const found = await sampleWhere(model, rows, name, level);
      right += found.right;
      hits += found.hits;
      made += found.rows;
    }
    const wanted = rows * levels.length;
    console.log(`| ${name} | ${levels.length} | ${right} of ${wanted} | ${percent(hits / made)} |`);
  }
  if (balance !== undefined) await printBalance(model, real, balance);
}

async function sampleWhere(model: Model, rows: number, column: string, level: CellValue) {
  let right = 0;
  let report: ConditionReport | undefined;
  const onConditions = (given: ConditionReport) => {
    report = given;
  };
  const batches = sampleBatches(model, { rows, where: { [column]: level }, onConditions });
  for await (const batch of batches) {
    right += countLevels([batch], column).get(level) ?? 0;
  }
  return { right, hits: report?.hits ?? 0, rows: report?.rows ?? 0 };
}

async function printBalance(model: Model, real: RecordBatch[], column: string): Promise<void> {
  const all: RecordBatch[] = [];
  for await (const batch of augmentBatches(Readable.from(real), {
    model,
    ratio: 0.5,
    balance: column,
  })) {
    all.push(batch);
  }
  const [before, after] = [countLevels(real, column), countLevels(all, column)];
  console.log(`\n| ${column} | share of the data | of the output |\n|---|---|---|`);
  for (const [level, count] of before) {
    const shares = [count / sumOf(before), (after.get(level) ?? 0) / sumOf(after)];
    console.log(`| ${level} | ${shares.map(percent).join(' | ')} |`);
  }
}

/** How often each value of a column occurs. */
function countLevels(batches: readonly RecordBatch[], column: string): Map<CellValue, number> {
  const counts = new Map<CellValue, number>();
  for (const batch of batches) {
    const cells = batch.getChild(column);
    for (let row = 0; row < batch.numRows; row++) {
      const level = cells?.get(row) as CellValue;
      counts.set(level, (counts.get(level) ?? 0) + 1);
    }
  }
  return counts;
}

const sumOf = (counts: Map<CellValue, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
