import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** One case, and what came of it. */
export interface Case {
  readonly index: number;
  readonly file: string;
  readonly how: string;
  /** What came of it; or how it ended the process: 'crash', 'hang' or 'too much memory'. */
  readonly outcome: string;
  readonly detail: string;
  /** Milliseconds that it took. */
  readonly time: number;
}

/** What a child says: that it is ready, or what came of a case, with its peak of memory so far. */
export type Report = 'ready' | (Case & { readonly peakMiB: number });

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
 * @param child the script of such a process, which calls `answerCases`; `args` are its arguments.
 */
export async function watchCases(
  child: URL,
  args: readonly string[],
  { first, count }: { first: number; count: number },
  bounds: Bounds,
  onCase: (outcome: Case) => void,
): Promise<void> {
  let hung: number | undefined;
  for (let next = first; next < first + count; ) {
    const onEnd = (outcome: Case) => {
      const isFirst = outcome.outcome === 'hang' && outcome.index !== hung;
      hung = isFirst ? outcome.index : undefined;
      if (!isFirst) onCase(outcome);
    };
    next = await watchOne(child, args, { first: next, count: first + count - next }, bounds, onEnd);
    next = hung ?? next;
  }
}

/** Gives the first case that is still to be run. */
function watchOne(
  script: URL,
  args: readonly string[],
  range: { first: number; count: number },
  { seconds, mebibytes }: Bounds,
  onCase: (outcome: Case) => void,
): Promise<number> {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(script), [...args], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
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
      if (report.peakMiB <= mebibytes) return onCase(report);
      reason = 'too much memory';
      onCase({ ...report, outcome: reason, detail: `${report.peakMiB.toFixed(0)} MiB` });
      child.kill('SIGKILL');
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (!isReady) throw new Error(`the child cannot start: ${errors}`);
      const isOver = next >= range.first + range.count;
      if (!isOver && reason !== 'too much memory') {
        const detail = reason ? `${seconds} s` : `${code ?? signal}: ${errors}`;
        const nothing = { file: '', how: '', time: 0 };
        onCase({ ...nothing, index: next++, outcome: reason ?? 'crash', detail });
      }
      resolve(next);
    });
  });
}
