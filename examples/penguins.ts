/** The main job on real data: `npm run demo`. */
import { mkdir } from 'node:fs/promises';
import type { RecordBatch } from 'apache-arrow';
import { ganAugment, readParquet, type TrainingStep, writeParquet } from 'gan-augment';
import { lastValueFrom, toArray } from 'rxjs';
import { describeColumns } from './describe.js';

const input = 'fixtures/penguins.parquet';
const output = 'out/penguins.augmented.parquet';
const mark = 'is_synthetic';

const onStep = ({ step, steps }: TrainingStep) => {
  if (process.stderr.isTTY) process.stderr.write(`\rtraining: step ${step} of ${steps}`);
  else if (step % 500 === 0) process.stderr.write(`training: step ${step} of ${steps}\n`);
  if (step === steps && process.stderr.isTTY) process.stderr.write('\n');
};

await mkdir('out', { recursive: true });
const started = performance.now();
await lastValueFrom(
  readParquet(input).pipe(
    ganAugment({ ratio: 0.3, seed: 7, mark, fit: { onStep } }),
    writeParquet(output),
  ),
);
const seconds = ((performance.now() - started) / 1000).toFixed(0);

const batches: RecordBatch[] = await lastValueFrom(readParquet(output).pipe(toArray()));
const count = (flag: boolean) =>
  batches.reduce(
    (sum, batch) => sum + [...(batch.getChild(mark) ?? [])].filter((v) => v === flag).length,
    0,
  );

console.log(`\n${input} → ${output}, in ${seconds} s with training`);
console.log(
  `${count(false)} real rows, ${count(true)} synthetic rows (column ${mark} tells them apart)\n`,
);
console.log(describeColumns(batches, mark).join('\n'));
