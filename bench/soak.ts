/**
 * A long stream through everything at once: a model is trained, drift is watched, and each
 * time the rows change another model is trained in the background and takes over, with a privacy
 * filter. Memory and time a batch, for each tenth of the rows: both should stay as they are. A
 * training thread has memory of its own while it lives: a tenth that ends beside one says so.
 *
 * With `--trim`, glibc gives memory back as soon as it is free (MALLOC_TRIM_THRESHOLD_), which tells
 * what is in use from what it keeps: by default up to 64 MiB for each of its arenas.
 */
import { parseArgs } from 'node:util';
import { runScript } from './support/run-child.js';

interface Memory {
  readonly rss: number;
  readonly heap: number;
  readonly buffers: number;
}

interface Tenth extends Memory {
  readonly rows: number;
  readonly seconds: number;
  readonly milliseconds: number;
  readonly slowest: number;
  readonly models: number;
  readonly isTraining: boolean;
}

interface Soak {
  readonly tenths: readonly Tenth[];
  readonly seconds: number;
  readonly after: Memory;
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '5000000' },
      /** Rows after which the stream changes. */
      turn: { type: 'string', default: '500000' },
      steps: { type: 'string', default: '5' },
      'no-filter': { type: 'boolean', default: false },
      trim: { type: 'boolean', default: false },
    },
  });
  const { rows, turn, steps } = values;
  const script = new URL('./soak/stream.ts', import.meta.url);
  const filter = values['no-filter'] ? '0' : '1';
  const variables: Record<string, string> = values.trim ? { MALLOC_TRIM_THRESHOLD_: '131072' } : {};
  const soak = await runScript<Soak>(script, [rows, turn, steps, filter], variables);
  console.log(`${rows} real rows × 15 columns, batches of 8,192, ratio 0.3\n`);
  console.log(
    '| real rows | s | ms a batch, median | slowest | models so far | training | RSS MiB | heap | buffers |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const { rows, seconds, milliseconds, slowest, models, isTraining, ...rest } of soak.tenths) {
    console.log(
      `| ${rows} | ${seconds.toFixed(0)} | ${milliseconds.toFixed(1)} | ${slowest.toFixed(0)} ` +
        `| ${models} | ${isTraining ? 'yes' : ''} | ${memory(rest)} |`,
    );
  }
  console.log(`| closed | ${soak.seconds.toFixed(0)} | | | | | ${memory(soak.after)} |`);
}

function memory({ rss, heap, buffers }: Memory): string {
  return [rss, heap, buffers].map((value) => value.toFixed(0)).join(' | ');
}
