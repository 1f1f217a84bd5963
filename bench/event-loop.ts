/**
 * The longest time that fitting holds the event loop: encoding, compiling and training included.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { fitStream } from '../src/augment/fit-stream.js';
import { readBatches } from '../src/data/open.js';

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { steps: { type: 'string', default: '200' } },
  });
  console.log('event loop held by a fit, ms\n\n| file | longest |\n|---|---|');
  for (const file of positionals.length > 0 ? positionals : ['fixtures/penguins.parquet']) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await fitStream(readBatches(file), { steps: Number(values.steps) });
    delay.disable();
    console.log(`| ${file} | ${(delay.max / 1e6).toFixed(0)} |`);
  }
}
