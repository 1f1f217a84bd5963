/** The stream of the soak bench, in a process of its own: `stream.ts ROWS TURN STEPS FILTER`. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RecordBatch } from 'apache-arrow';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import type { AugmentEvent } from '../../src/augment/events.js';
import { gatherRuns } from '../../src/data/batches/interleave.js';
import { readNumbers } from '../../src/encode/cells/column-numbers.js';
import { columnOf } from '../../src/encode/table.js';
import { median } from '../statistics.js';
import { adultLike } from '../support/adult-like.js';

const [rows = 0, turn = 0, steps = 0, filter = 1] = process.argv.slice(2).map(Number);
const batchRows = 8192;
const mebi = 2 ** 20;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const plain: RecordBatch[] = [];
for await (const batch of adultLike(10 * batchRows, batchRows)) plain.push(batch);
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
let isTraining = false;
const progress = (event: AugmentEvent) => {
  if (event.type === 'mixing-started') models++;
  if (event.type === 'batch-mixed') realRows = event.realRows;
  if (event.type === 'fit-started') isTraining = true;
  if (event.type === 'fit-stopped') isTraining = false;
};
const stream = augmentBatches(source(), {
  ratio: 0.3,
  seed: 1,
  fit: { rows: 5_000, steps },
  drift: { window: 20_000, refit: true },
  ...(filter ? { rejectCloserThan: 0.01 } : {}),
  progress,
});

/** Memory when what is no longer needed is gone, in MiB. */
function measureMemory() {
  collectGarbage();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss: rss / mebi, heap: heapUsed / mebi, buffers: external / mebi };
}

const tenths = [];
let times: number[] = [];
const start = performance.now();
let last = start;
for await (const _ of stream) {
  const now = performance.now();
  times.push(now - last);
  last = now;
  const real = Math.min(10, Math.floor((realRows * 10) / rows));
  if (real <= tenths.length) continue;
  const tenth = {
    rows: realRows,
    seconds: (now - start) / 1000,
    milliseconds: median(times),
    slowest: Math.max(...times),
    ...measureMemory(),
    models,
    isTraining,
  };
  tenths.push(tenth);
  console.error(JSON.stringify(tenth));
  times = [];
  last = performance.now();
}
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ tenths, seconds, after: measureMemory() }));
