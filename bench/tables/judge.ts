import { basename, join } from 'node:path';
import { runChild } from '../support/run-child.js';
import { kept } from './keep.js';
import type { Parts } from './split.js';

interface Quality {
  readonly quality: number;
  readonly shapes: number;
  readonly pairs: number;
}

/** What the peers think of one file of rows. */
export interface Judged {
  /**
   * SDMetrics' score by its present rules, where weak pairs do not count, and of all pairs, as it
   * used to be. Not of the training rows themselves.
   */
  readonly quality?: { readonly default: Quality; readonly all: Quality };
  /** Scores of models trained on the rows, on held-out real ones. */
  readonly utility: Readonly<Record<string, number>>;
}

/**
 * Judges files one after the other; those that cannot be judged are left out, and said.
 *
 * @param directory Where what they found is kept.
 */
export async function judge(
  { train, test }: Parts,
  target: string,
  files: readonly string[],
  quick: boolean,
  directory: string,
): Promise<Judged[]> {
  const python = process.env.PYTHON ?? 'python3';
  const judged: Judged[] = [];
  for (const file of files) {
    const args = ['bench/peers/table_quality.py', train, test, target, file];
    try {
      const all = quick ? [...args, '--quick'] : args;
      // Threads that wait for each other take long where others work too.
      const judge = () => runChild<Judged>(python, all, { OMP_NUM_THREADS: '1' });
      judged.push(await kept(`${join(directory, basename(file))}.judged.json`, all, judge));
    } catch (error) {
      console.error(`${file}: not judged: ${(error as Error).message}`);
    }
  }
  return judged;
}
