/**
 * What a privacy filter costs: to index training rows, to learn its threshold from held-out ones, and
 * to look at each synthetic row, against looking through all training rows.
 */
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import { distanceOf } from '../src/augment/privacy/distance.js';
import { indexNearest } from '../src/augment/privacy/nearest.js';
import { createRowFilter } from '../src/augment/privacy/row-filter.js';
import { createRowSpace } from '../src/augment/privacy/row-space.js';
import { sampleBatches } from '../src/augment/sample-batches.js';
import { concatenateBatches, sliceBatch } from '../src/data/batches/interleave.js';
import { readBatches } from '../src/data/open.js';
import { fitModel } from '../src/gan/fit/fit.js';
import { runAtOnce } from '../src/threads/run-cooperatively.js';
import { adultLike } from './support/adult-like.js';

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      steps: { type: 'string', default: '200' },
      rows: { type: 'string', default: '50000' },
    },
  });
  const most = Number(values.rows);
  const read = positionals[0] === undefined ? adultLike(most) : readBatches(positionals);
  const batches: RecordBatch[] = [];
  for await (const batch of read) batches.push(batch);
  const { schema } = batches[0] as RecordBatch;
  const all = concatenateBatches(schema, batches);
  const synthetic = 2048;
  console.log(
    '| training rows | index, ms | index and threshold, ms | ms a synthetic row | looking at all, ms a row | copies | too close |',
  );
  console.log('|---|---|---|---|---|---|---|');
  for (let rows = 3125; rows <= Math.min(most, all.numRows); rows *= 2) {
    const training = [sliceBatch(all, 0, Math.floor(rows * 0.9))];
    const holdout = [sliceBatch(all, Math.floor(rows * 0.9), rows)];
    const model = await fitModel(schema, training, { steps: Number(values.steps) });
    const made: RecordBatch[] = [];
    for await (const batch of sampleBatches(model, { rows: synthetic })) made.push(batch);
    const rejected = { seen: 0, copies: 0, close: 0 };

    const columns = [...schema.fields.keys()];
    const indexing = performance.now();
    const space = createRowSpace(schema, training, columns);
    const points = space.place(training[0] as RecordBatch);
    indexNearest(space, points);
    const opening = performance.now();
    const making = createRowFilter(schema, model, { training, holdout }, 0.05, rejected);
    const filter = runAtOnce(making);
    const filtering = performance.now();
    for (const batch of made) runAtOnce(filter.keep(batch));
    const looking = performance.now();
    const queries = space.place(sliceBatch(made[0] as RecordBatch, 0, 100));
    for (let row = 0; row < queries.length; row++) {
      let nearest = Number.POSITIVE_INFINITY;
      for (let other = 0; other < points.length; other++) {
        nearest = Math.min(nearest, distanceOf(space, queries, row, points, other, nearest));
      }
    }
    const end = performance.now();
    console.log(
      `| ${training[0]?.numRows} | ${(opening - indexing).toFixed(0)} ` +
        `| ${(filtering - opening).toFixed(0)} | ${((looking - filtering) / synthetic).toFixed(3)} ` +
        `| ${((end - looking) / queries.length).toFixed(3)} | ${rejected.copies} | ${rejected.close} |`,
    );
  }
}
