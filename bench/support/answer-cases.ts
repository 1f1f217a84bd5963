import { peakMiB } from './run-child.js';
import type { Case, Report } from './watch-cases.js';

/** Runs the cases that the parent asks for, and reports what came of each: see `watchCases`. */
export async function answerCases(runCase: (index: number) => Promise<Case>): Promise<void> {
  const send = (report: Report) => new Promise((resolve) => process.send?.(report, resolve));
  process.on('message', async ({ first, count }: { first: number; count: number }) => {
    for (let index = first; index < first + count; index++) {
      await send({ ...(await runCase(index)), peakMiB: peakMiB() });
    }
    process.disconnect();
  });
  // What nobody awaits is a fault: it ends this process, and the parent says so.
  process.on('unhandledRejection', (error) => {
    console.error(error);
    process.exit(70);
  });
  await send('ready');
}
