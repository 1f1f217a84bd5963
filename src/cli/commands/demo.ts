import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { Command } from 'commander';
import { augmentBatches } from '../../augment/augment-batches.js';
import { readBatches, writeBatches } from '../../data/open.js';
import { type Context, print, say } from '../console.js';
import { outputOption, seedOption, wholeNumber } from '../options.js';
import { checkOutput, nameOutput } from '../output.js';
import { showProgress } from '../progress/show.js';
import { describeRows } from '../summary/shown-rows.js';
import { describeSideBySide } from '../summary/side-by-side.js';
import { trainingNotes } from '../training-notes.js';

/** 344 measured penguins, which come with the package: see `fixtures/README.md`. */
const penguins = join(
  dirname(createRequire(import.meta.url).resolve('gan-augment/package.json')),
  'fixtures/penguins.parquet',
);
const mark = 'is_synthetic';
const ratio = 0.3;

interface DemoFlags {
  readonly output?: string;
  readonly steps: number;
  readonly seed: number;
}

export function demoCommand(context: Context): Command {
  const { console } = context;
  return new Command('demo')
    .description('Augments 344 penguins that come with the package, and shows what it did.')
    .addOption(outputOption().makeOptionMandatory(false))
    .option('--steps <n>', 'training steps; the default for a table is 2000', wholeNumber(1), 1000)
    .addOption(seedOption())
    .action(async (flags: DemoFlags) => {
      const { output, seed } = flags;
      if (output !== undefined) checkOutput(console, { output });
      say(console, `${penguins} → ganAugment({ ratio: ${ratio}, seed: ${seed}, mark: '${mark}' })`);
      const batches = await augment(flags, context);
      if (output !== undefined) await write(batches, output, context);
      if (output !== '-') await print(console, `${report(batches).join('\n')}\n`);
    });
}

async function augment({ steps, seed }: DemoFlags, context: Context): Promise<RecordBatch[]> {
  const { signal } = context;
  const shown = showProgress(context);
  const fit = { steps, onStep: shown.onStep, onEvent: trainingNotes(shown) };
  const real = readBatches(penguins, { signal });
  const options = { ratio, seed, mark, signal, fit, progress: false } as const;
  const batches: RecordBatch[] = [];
  try {
    for await (const batch of augmentBatches(real, options)) {
      batches.push(batch);
    }
  } finally {
    shown.stop();
  }
  return batches;
}

async function write(
  batches: readonly RecordBatch[],
  output: string,
  { console, signal }: Context,
): Promise<void> {
  const each = async function* () {
    yield* batches;
  };
  await writeBatches(output, each(), { signal, stdout: console.stdout });
  say(console, `wrote ${nameOutput(output)}`);
}

function report(batches: readonly RecordBatch[]): string[] {
  const marks = batches.flatMap((batch) => [...(batch.getChild(mark) ?? [])]);
  const synthetic = marks.filter((isSynthetic) => isSynthetic === true).length;
  const counts = `${marks.length - synthetic} real rows, ${synthetic} synthetic rows`;
  return [
    `${counts} (column ${mark} tells them apart)`,
    '',
    ...describeSideBySide(batches, mark),
    '',
    'Some of the synthetic rows:',
    '',
    ...describeRows(batches, mark, 4),
    '',
    'Of your own data, and how good and how private that is:',
    '',
    '  gan-augment augment train.parquet -o more.parquet --ratio 0.3 --mark is_synthetic',
    '  gan-augment train train.parquet -o model',
    '  gan-augment sample model -n 10000 -o synthetic.parquet',
    '  gan-augment report train.parquet synthetic.parquet --holdout test.parquet',
  ];
}
