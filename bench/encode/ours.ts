/** Encodes a table, or makes rows of a model, on one thread, in a process of its own. */
import type { RecordBatch } from 'apache-arrow';
import { readBatches } from '../../src/data/open.js';
import { inferEncoders } from '../../src/encode/infer.js';
import { encodeTable } from '../../src/encode/table.js';
import { loadModel } from '../../src/gan/model/directory.js';
import { openSampler } from '../../src/gan/sampling/sampler.js';
import { createRandom } from '../../src/random.js';
import { peakMiB } from '../support/run-child.js';

/** Seconds of the processor, and most memory. */
export interface Encoded {
  readonly fitSeconds: number;
  readonly transformSeconds: number;
  readonly peakMiB: number;
}

export interface Sampled {
  readonly sampleSeconds: number;
  readonly rows: number;
  readonly peakMiB: number;
}

/** Times that rows are made; the median counts. */
const rounds = 5;

const [, , what, path = '', count = '0'] = process.argv;
const result = what === 'encode' ? await encode() : await sample();
console.log(JSON.stringify({ ...result, peakMiB: peakMiB() }));

async function encode() {
  const batches: RecordBatch[] = [];
  for await (const batch of readBatches([path])) batches.push(batch);
  const { schema } = batches[0] as RecordBatch;
  // Once, with compilation and all: so a table is encoded.
  const start = seconds();
  const encoders = await inferEncoders(schema, batches);
  const fitted = seconds();
  await encodeTable(encoders, batches, createRandom(1));
  return { fitSeconds: fitted - start, transformSeconds: seconds() - fitted };
}

async function sample() {
  const sampler = await openSampler(await loadModel(path), { seed: 1, partition: 0 });
  const chunks = Math.ceil(Number(count) / sampler.rows);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = seconds();
    for (let chunk = 0; chunk < chunks; chunk++) await sampler.chunk(round * chunks + chunk);
    times.push(seconds() - start);
  }
  await sampler.dispose();
  return { sampleSeconds: middle(times), rows: chunks * sampler.rows };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

function seconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
