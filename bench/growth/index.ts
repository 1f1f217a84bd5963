/**
 * Looks for texts that take a reader of CSV or JSON lines more than linear time: a few tokens repeated
 * ever more often, in a cell, a value, or anywhere.
 *
 * Each case is read at 4 kB, 16 kB, … up to 1 MB, unless it takes seconds before that. Where four times
 * the text takes eight times the processor time, twice, it is a fault, and so are a hang, a crash, too
 * much memory and an error that is not of this package.
 */
import { parseArgs } from 'node:util';
import { type Case, watchCases } from '../support/watch-cases.js';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      cases: { type: 'string', default: '500' },
      first: { type: 'string', default: '0' },
      seed: { type: 'string', default: 'growth' },
      /** Bounds of a case, and of the process that tries it. */
      seconds: { type: 'string', default: '60' },
      mebibytes: { type: 'string', default: '1024' },
    },
  });
  const bounds = { seconds: Number(values.seconds), mebibytes: Number(values.mebibytes) };
  const range = { first: Number(values.first), count: Number(values.cases) };
  const child = new URL('./child.ts', import.meta.url);
  const slowest: Case[] = [];
  let faults = 0;
  await watchCases(child, [values.seed], range, bounds, (report) => {
    slowest.push(report);
    if (report.outcome === 'linear') return;
    faults++;
    const { index, file, how, outcome, detail } = report;
    console.error(`case ${index} (${file}, ${how}): ${outcome}: ${detail}`);
  });
  console.log(`${slowest.length} kinds of text, seed '${values.seed}': ${faults} faults`);
  slowest.sort((a, b) => b.time - a.time);
  for (const { index, file, how, detail } of slowest.slice(0, 5)) {
    console.log(`case ${index} (${file}, ${how}): ${detail}`);
  }
  if (faults > 0) process.exitCode = 1;
}
