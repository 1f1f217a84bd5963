/** The stream of the soak bench, in a process of its own: `stream.ts ROWS TURN STEPS`. */
import type { RecordBatch } from 'apache-arrow';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import type { AugmentEvent } from '../../src/augment/events.js';
import { gatherRuns } from '../../src/data/interleave.js';
import { readNumbers } from '../../src/encode/column-numbers.js';
import { columnOf } from '../../src/encode/table.js';
import { median } from '../statistics.js';
import { adultLike } from '../support/adult-like.js';

const [rows = 0, turn = 0, steps = 0] = process.argv.slice(2).map(Number);
const mebi = 2 ** 20;

const plain: RecordBatch[] = [];
for await (const batch of adultLike(10 * 8192)) plain.push(batch);
const pools = [plain, plain.map(highHalf)];

/** The rows whose first number is high, twice. */
function highHalf(batch: RecordBatch): RecordBatch {
  const values = readNumbers(columnOf([batch], 0) as never);
  const order = [...values.keys()].sort((a, b) => (values[b] as number) - (values[a] as number));
  const high = order.slice(0, batch.numRows >> 1);
  const runs = [...high, ...high].map((start) => ({ source: 0, start, length: 1 }));
  return gatherRuns(batch.schema, [batch], runs);
}

async function* source(): AsyncGenerator<RecordBatch, void, undefined> {
  let [done, next] = [0, 0];
  while (done < rows) {
    const pool = pools[Math.floor(done / turn) % pools.length] as RecordBatch[];
    const batch = pool[next++ % pool.length] as RecordBatch;
    done += batch.numRows;
    yield batch;
  }
}

let models = 0;
let realRows = 0;
const progress = (event: AugmentEvent) => {
  if (event.type === 'mixing-started') models++;
  if (event.type === 'batch-mixed') realRows = event.realRows;
};
const stream = augmentBatches(source(), {
  ratio: 0.3,
  seed: 1,
  fit: { rows: 20_000, steps },
  drift: { window: 50_000, refit: true },
  rejectCloserThan: 0.01,
  progress,
});

const tenths = [];
let times: number[] = [];
let last = performance.now();
for await (const _ of stream) {
  const now = performance.now();
  times.push(now - last);
  last = now;
  const real = Math.min(10, Math.floor((realRows * 10) / rows));
  if (real <= tenths.length) continue;
  globalThis.gc?.();
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  tenths.push({
    rows: Math.round((real * rows) / 10),
    milliseconds: median(times),
    slowest: Math.max(...times),
    rss: rss / mebi,
    heap: heapUsed / mebi,
    buffers: (external + arrayBuffers) / mebi,
    models,
  });
  times = [];
}
console.log(JSON.stringify(tenths));
