/**
 * How fast plain objects become record batches, and record batches plain objects: rows of ten keys,
 * numbers, texts, instants, nulls and objects among them. Wall time, and processor time of the thread.
 */
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import { rowBatches } from '../src/data/rows/read.js';
import { plainRows } from '../src/data/rows/to-rows.js';
import { createRandom } from '../src/random.js';
import { median, show } from './statistics.js';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '200000' },
      rounds: { type: 'string', default: '7' },
    },
  });
  const [count, rounds] = [Number(values.rows), Number(values.rounds)];
  const kinds = { 'ten flat keys': flatRows(count), 'five keys, one an object': nestedRows(count) };
  console.log('| rows | from | rows/s of processor time |\n|---|---|---|');
  for (const [name, rows] of Object.entries(kinds)) {
    const batches: RecordBatch[] = [];
    for await (const batch of rowBatches(rows)) batches.push(batch);
    await report(name, 'an array', count, rounds, () => drain(rowBatches(rows)));
    await report(name, 'an async iterable', count, rounds, () => drain(rowBatches(each(rows))));
    await report(name, 'batches, back to rows', count, rounds, () =>
      drain(plainRows(each(batches))),
    );
  }
}

async function report(
  name: string,
  from: string,
  rows: number,
  rounds: number,
  work: () => Promise<void>,
) {
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    rates.push(rows / ((user + system) / 1e6));
  }
  console.log(
    `| ${name} | ${from} | ${Math.round(median(rates)).toLocaleString('en')} (${show(rates.map((rate) => rate / 1e6))} million) |`,
  );
}

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}

async function* each<T>(items: Iterable<T>): AsyncGenerator<T, void, undefined> {
  yield* items;
}

function flatRows(count: number): object[] {
  const random = createRandom('rows');
  const cities = ['Basel', 'Bern', 'Genève', 'Zürich'];
  return Array.from({ length: count }, (_, id) => ({
    id,
    age: random.integer(90),
    income: random.uniform() * 1e5,
    score: random.uniform() < 0.1 ? null : random.uniform(),
    city: cities[random.integer(4)],
    name: `customer ${id}`,
    active: random.uniform() < 0.5,
    visits: random.integer(1000),
    since: new Date(1.6e12 + id * 1000),
    rate: random.uniform(),
  }));
}

function nestedRows(count: number): object[] {
  const random = createRandom('rows');
  return Array.from({ length: count }, (_, id) => ({
    id,
    amount: random.uniform(),
    kind: 'abc'[random.integer(3)],
    tags: ['x', 'y'],
    address: { city: 'Bern', zip: '3000', at: [random.uniform(), random.uniform()] },
  }));
}
