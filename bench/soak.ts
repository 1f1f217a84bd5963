/**
 * A long stream through everything at once: a model is trained, drift is watched, and each
 * time the rows change another model is trained in the background and takes over, with a privacy
 * filter. Memory and time a batch, for each tenth of the rows: both should stay as they are.
 */
import { parseArgs } from 'node:util';
import { runScript } from './support/run-child.js';

interface Tenth {
  readonly rows: number;
  readonly milliseconds: number;
  readonly slowest: number;
  readonly rss: number;
  readonly heap: number;
  readonly buffers: number;
  readonly models: number;
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '5000000' },
      /** Rows after which the stream changes. */
      turn: { type: 'string', default: '600000' },
      steps: { type: 'string', default: '50' },
    },
  });
  const { rows, turn, steps } = values;
  const script = new URL('./soak/stream.ts', import.meta.url);
  const tenths = await runScript<Tenth[]>(script, [rows, turn, steps]);
  console.log(`${rows} real rows × 15 columns, batches of about 41,000, ratio 0.3\n`);
  console.log(
    '| real rows | ms a batch, median | slowest | models so far | RSS MiB | heap | buffers |',
  );
  console.log('|---|---|---|---|---|---|---|');
  for (const { rows, milliseconds, slowest, models, rss, heap, buffers } of tenths) {
    console.log(
      `| ${rows} | ${milliseconds.toFixed(1)} | ${slowest.toFixed(0)} | ${models} ` +
        `| ${rss.toFixed(0)} | ${heap.toFixed(0)} | ${buffers.toFixed(0)} |`,
    );
  }
}
