/**
 * What does an even sample cost? `npm run bench -- even-sample [--data FILE] [--target COLUMN]`
 *
 * Reads a file once, draws 50,000 rows of all of it evenly, the same with some of every class of the
 * target, finds rules in 100,000 rows, and counts a stream's rest in the bins of a model's summary, as a stream that comes once has
 * it. Seconds of the processor. Default: the 3 million flights of the npm package `vega-datasets`.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RecordBatch, Schema } from 'apache-arrow';
import { createWindow } from '../src/augment/drift/compare.js';
import { sampleAgain } from '../src/augment/fitting/even-sample.js';
import { type Rereadable, rereadableOf } from '../src/data/batches/rereadable.js';
import { readBatches } from '../src/data/open.js';
import { inferEncoders } from '../src/encode/infer.js';
import { rulesOf } from '../src/encode/rules/find-rules.js';
import { describeRule } from '../src/encode/rules/rule.js';
import { summarizeColumns } from '../src/encode/summary/column-summary.js';

const size = 50_000;
const ruleRows = 100_000;

export async function run(args: string[]): Promise<void> {
  const { data = flights(), target = 'origin' } = parseArgs({
    args,
    options: { data: { type: 'string' }, target: { type: 'string' } },
  }).values;
  let schema: Schema | undefined;
  let first: RecordBatch | undefined;
  await timed('read all', async () => {
    let rows = 0;
    for await (const batch of readBatches(data)) {
      schema = batch.schema;
      first ??= batch;
      rows += batch.numRows;
    }
    return `${rows} rows`;
  });
  const again = rereadableOf(readBatches(data)) as Rereadable;
  for (const column of [undefined, target]) {
    const options = { schema: schema as Schema, size, target: column, seed: 1, signal: undefined };
    await timed(`draw evenly${column ? `, with classes of ${column}` : ''}`, async () => {
      const { rows, of } = await sampleAgain(again, options);
      return `${rows} of ${of} rows`;
    });
  }
  const drawn = await sampleAgain(again, {
    schema: schema as Schema,
    size: ruleRows,
    target: undefined,
    seed: 1,
    signal: undefined,
  });
  await timed(`find rules in ${drawn.rows} rows × ${schema?.fields.length} columns`, async () => {
    const rules = await rulesOf(true, schema as Schema, drawn.batches);
    return rules.map(describeRule).join('; ') || 'none';
  });
  const head = [first as RecordBatch];
  const encoders = await inferEncoders(schema as Schema, head);
  const window = createWindow(schema as Schema, summarizeColumns(schema as Schema, head, encoders));
  await timed('read all, and count all in bins', async () => {
    for await (const batch of readBatches(data)) window.add(batch);
    const drifted = window.drifted(0.25).map(({ name, index }) => `${name} ${index.toFixed(2)}`);
    return `unlike the first ${head[0]?.numRows} rows in ${drifted.join(', ') || 'nothing'}`;
  });
}

function flights(): string {
  const resolve = createRequire(import.meta.url).resolve;
  const folder = resolve('vega-datasets').replace(/build[/\\].*$/, 'data');
  return join(folder, 'flights-3m.parquet');
}

async function timed(what: string, work: () => Promise<string>): Promise<void> {
  const before = process.cpuUsage();
  const found = await work();
  const { user, system } = process.cpuUsage(before);
  console.log(`${what}: ${((user + system) / 1e6).toFixed(2)} s, ${found}`);
}
