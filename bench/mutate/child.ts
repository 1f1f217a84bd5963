/** Reads damaged files that the parent asks for, and reports what came of each: DIRECTORY SEED NAMES */
import { join } from 'node:path';
import { runCase } from '../../test/data/support/malformed/case.js';
import { readSpecimen } from '../../test/data/support/malformed/corpus.js';
import { peakMiB } from '../support/run-child.js';
import type { Report } from './watch.js';

const [directory = '', seed = '', ...names] = process.argv.slice(2);
const corpus = await Promise.all(names.map((name) => readSpecimen(directory, name)));
const path = join(directory, `damaged-${process.pid}`);
const send = (report: Report) => new Promise((resolve) => process.send?.(report, resolve));

process.on('message', async ({ first, count }: { first: number; count: number }) => {
  for (let index = first; index < first + count; index++) {
    await send({ ...(await runCase(corpus, seed, index, path)), peakMiB: peakMiB() });
  }
  process.disconnect();
});
// What nobody awaits is a fault of the readers: it ends this process, and the parent says so.
process.on('unhandledRejection', (error) => {
  console.error(error);
  process.exit(70);
});
await send('ready');
