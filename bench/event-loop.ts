/**
 * The longest time that a fit, on a thread of its own and on the calling one, sampling from its
 * model, and streams that train on the side hold the event loop. The idle rows are what the machine itself does in that time: alone, and
 * beside a thread that only counts, which takes a processor as the training does.
 */
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import type { RecordBatch } from 'apache-arrow';
import { sampleBatches } from '../src/augment/sample-batches.js';
import { readBatches } from '../src/data/open.js';
import { fitModel } from '../src/gan/fit/fit.js';
import { trainingStreams } from './event-loop/streams.js';
import { median } from './statistics.js';

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      steps: { type: 'string', default: '200' },
      rounds: { type: 'string', default: '3' },
      /** Only works whose names hold this. */
      only: { type: 'string', default: '' },
    },
  });
  const [steps, rounds] = [Number(values.steps), Number(values.rounds)];
  console.log(`event loop held, ms; medians of ${rounds} rounds\n`);
  console.log('| file | work | longest | of it, garbage collection | over 10 ms | ms a step |');
  console.log('|---|---|---|---|---|---|');
  for (const file of positionals.length > 0 ? positionals : ['fixtures/penguins.parquet']) {
    const batches: RecordBatch[] = [];
    for await (const batch of readBatches(file)) batches.push(batch);
    const { schema } = batches[0] as RecordBatch;
    const trainOn = (thread: 'worker' | 'caller') => () =>
      fitModel(schema, batches, { steps, thread, onStep: mark });
    const model = await trainOn('worker')();
    const works: Record<string, () => Promise<unknown>> = {
      idle: () => sleep(3000),
      'idle, beside a counting thread': besideCounting,
      'fit, worker': trainOn('worker'),
      'fit, caller': trainOn('caller'),
      'sample 20,000 rows': async () => {
        for await (const _ of sampleBatches(model, { rows: 20_000 }));
      },
      ...trainingStreams(batches, model, { steps }),
    };
    for (const [name, work] of Object.entries(works)) {
      if (!name.includes(values.only)) continue;
      const all: Holds[] = [];
      for (let round = 0; round < rounds; round++) all.push(await measure(work));
      const of = (key: keyof Holds) => median(all.map((each) => each[key]));
      const step = name.startsWith('fit') ? of('step').toFixed(1) : '';
      console.log(
        `| ${file.split('/').at(-1)} | ${name} | ${of('longest').toFixed(1)} ` +
          `| ${of('collection').toFixed(1)} | ${of('often').toFixed(0)} | ${step} |`,
      );
    }
  }
}

interface Holds {
  /** The longest time that the loop was held. */
  readonly longest: number;
  /** The longest pause for garbage collection. */
  readonly collection: number;
  /** How often it was held for longer than 10 ms. */
  readonly often: number;
  /** Milliseconds from the first report of a step to the last, a step. */
  readonly step: number;
}

async function besideCounting(): Promise<void> {
  const thread = new Worker('for (let k = 0; ; k++);', { eval: true });
  await sleep(3000);
  await thread.terminate();
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let marks: number[] = [];
const mark = () => void marks.push(performance.now());

async function measure(work: () => Promise<unknown>): Promise<Holds> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let collection = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) collection = Math.max(collection, duration);
  });
  // What lies about from before is none of this work's.
  collectGarbage();
  await sleep(200);
  observer.observe({ entryTypes: ['gc'] });
  marks = [];
  let often = 0;
  let last = performance.now();
  const ticker = setInterval(() => {
    const now = performance.now();
    if (now - last > 11) often++;
    last = now;
  }, 1);
  delay.enable();
  await work();
  delay.disable();
  clearInterval(ticker);
  await sleep(10);
  observer.disconnect();
  const step = ((marks.at(-1) ?? 0) - (marks[0] ?? 0)) / (marks.length - 1);
  return { longest: delay.max / 1e6, collection, often, step };
}
