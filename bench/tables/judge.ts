import { runChild } from '../support/run-child.js';

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

/** Judges files one after the other; those that cannot be judged are left out, and said. */
export async function judge(
  train: string,
  test: string,
  target: string,
  files: readonly string[],
  quick: boolean,
): Promise<Judged[]> {
  const python = process.env.PYTHON ?? 'python3';
  const judged: Judged[] = [];
  for (const file of files) {
    const args = ['bench/peers/table_quality.py', train, test, target, file];
    try {
      judged.push(await runChild<Judged>(python, quick ? [...args, '--quick'] : args));
    } catch (error) {
      console.error(`${file}: not judged: ${(error as Error).message}`);
    }
  }
  return judged;
}
