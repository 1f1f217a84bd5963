import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Case } from '../../test/data/support/malformed/case.js';

/** What a child says: that it is ready, or what came of a case, with its peak of memory so far. */
export type Report = 'ready' | (Case & { readonly peakMiB: number });

/** What came of a case, or how it ended the process that tried it. */
export interface Outcome extends Omit<Case, 'outcome'> {
  readonly outcome: Case['outcome'] | 'crash' | 'hang' | 'too much memory';
}

/** Bounds of one case. */
export interface Bounds {
  readonly seconds: number;
  readonly mebibytes: number;
}

/**
 * Runs cases `first` to `first + count` in processes of their own, one after the other: a new one
 * after each crash, each hang, and each case that took too much memory. A hang has to come again: the
 * first time the machine itself may have stood still.
 *
 * @param args of the child.
 */
export async function watch(
  args: readonly string[],
  { first, count }: { first: number; count: number },
  bounds: Bounds,
  onOutcome: (outcome: Outcome) => void,
): Promise<void> {
  let hung: number | undefined;
  for (let next = first; next < first + count; ) {
    const onEnd = (outcome: Outcome) => {
      const isFirst = outcome.outcome === 'hang' && outcome.index !== hung;
      hung = isFirst ? outcome.index : undefined;
      if (!isFirst) onOutcome(outcome);
    };
    next = await watchOne(args, { first: next, count: first + count - next }, bounds, onEnd);
    next = hung ?? next;
  }
}

/** Gives the first case that is still to be run. */
function watchOne(
  args: readonly string[],
  range: { first: number; count: number },
  { seconds, mebibytes }: Bounds,
  onOutcome: (outcome: Outcome) => void,
): Promise<number> {
  return new Promise((resolve) => {
    const script = fileURLToPath(new URL('./child.ts', import.meta.url));
    const child = fork(script, [...args], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let next = range.first;
    let errors = '';
    let isReady = false;
    let reason: 'hang' | 'too much memory' | undefined;
    let timer: NodeJS.Timeout | undefined;
    const wind = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        reason = 'hang';
        child.kill('SIGKILL');
      }, seconds * 1000);
    };
    child.stderr?.on('data', (data) => {
      errors = (errors + data).slice(-4000);
    });
    child.on('message', (report: Report) => {
      if (reason) return;
      wind();
      if (report === 'ready') {
        isReady = true;
        child.send(range);
        return;
      }
      next = report.index + 1;
      if (report.peakMiB <= mebibytes) return onOutcome(report);
      reason = 'too much memory';
      onOutcome({ ...report, outcome: reason, detail: `${report.peakMiB.toFixed(0)} MiB` });
      child.kill('SIGKILL');
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (!isReady) throw new Error(`the child cannot start: ${errors}`);
      const isOver = next >= range.first + range.count;
      if (!isOver && reason !== 'too much memory') {
        const detail = reason ? `${seconds} s` : `${code ?? signal}: ${errors}`;
        const nothing = { file: '', how: '', time: 0 };
        onOutcome({ ...nothing, index: next++, outcome: reason ?? 'crash', detail });
      }
      resolve(next);
    });
  });
}
