/**
 * The HTTP example under 1, 5 and 20 clients at once, on a table with row groups of 100,000 rows:
 * when each gets its first bytes, how long the event loop is held, memory, rows a second.
 *
 * `npm run bench -- service --rows 200000 --most 50000`: a client goes away after so many rows. The server is a process of its own; clients are in this one.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fitStream } from '../src/augment/fit-stream.js';
import { readIpcBatches } from '../src/data/ipc/read.js';
import { readParquetBatches } from '../src/data/parquet/read.js';
import { writeParquetFile } from '../src/data/parquet/write.js';
import { saveModel } from '../src/gan/model/directory.js';
import { median } from './statistics.js';
import { adultLike } from './support/adult-like.js';

const port = 18_080;
const address = `http://127.0.0.1:${port}`;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '200000' },
      most: { type: 'string', default: 'Infinity' },
    },
  });
  const directory = await mkdtemp(join(tmpdir(), 'gan-augment-service-'));
  try {
    const data = join(directory, 'data.parquet');
    await writeParquetFile(data, adultLike(Number(values.rows)), { rowGroupRows: 100_000 });
    const model = await fitStream(readParquetBatches(data), { rows: 5000, steps: 50 });
    await saveModel(model, join(directory, 'model'));
    console.log(
      '| clients | first bytes, median s | latest s | loop held, ms | MiB | million rows/s |',
    );
    console.log('|---|---|---|---|---|---|');
    for (const clients of [1, 5, 20]) {
      await measure(clients, Number(values.most), data, join(directory, 'model'));
    }
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function measure(clients: number, most: number, data: string, model: string): Promise<void> {
  const server = spawn(
    process.execPath,
    ['--import', 'tsx', 'examples/http-stream.ts', data, model, String(port)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    await once(server.stdout as NodeJS.ReadableStream, 'data');
    // Compiles what the streams run.
    await readOnce(most);
    await metrics();
    const start = performance.now();
    const read = await Promise.all(Array.from({ length: clients }, () => readOnce(most)));
    const seconds = (performance.now() - start) / 1000;
    const firsts = read.map(({ first }) => first / 1000);
    const rows = read.reduce((sum, each) => sum + each.rows, 0);
    const text = await metrics();
    const held = metricOf(text, 'gan_augment_event_loop_longest_ms');
    const bytes = metricOf(text, 'process_resident_memory_bytes');
    console.log(
      `| ${clients} | ${median(firsts).toFixed(2)} | ${Math.max(...firsts).toFixed(2)} ` +
        `| ${held.toFixed(0)} | ${(bytes / 2 ** 20).toFixed(0)} | ${(rows / seconds / 1e6).toFixed(2)} |`,
    );
  } finally {
    await end(server);
  }
}

/** How long the loop was held is counted from here on. */
async function metrics(): Promise<string> {
  return (await fetch(`${address}/metrics`)).text();
}

async function readOnce(most: number): Promise<{ first: number; rows: number }> {
  const start = performance.now();
  const response = await fetch(`${address}/?ratio=0.3`);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let first = 0;
  async function* bytes() {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      first ||= performance.now() - start;
      yield next.value;
    }
  }
  let rows = 0;
  for await (const batch of readIpcBatches(bytes())) {
    rows += batch.numRows;
    if (rows >= most) break;
  }
  await reader.cancel();
  return { first, rows };
}

function metricOf(metrics: string, name: string): number {
  return Number(metrics.match(new RegExp(`^${name} (.*)$`, 'm'))?.[1]);
}

async function end(server: ChildProcess): Promise<void> {
  const ended = once(server, 'close');
  server.kill('SIGTERM');
  await ended;
}
