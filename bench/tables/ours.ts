import { join } from 'node:path';
import { runScript } from '../support/run-child.js';
import type { FitOutcome, FitTask } from './fit.js';
import { kept } from './keep.js';
import type { Parts } from './split.js';

/** What to train on a table. */
export interface OursOptions {
  readonly target: string;
  readonly steps: number | undefined;
  /** What differs from the default recipe. */
  readonly recipe: { readonly base?: string };
  readonly promised?: FitTask['promised'];
}

/** A model that was trained: its directory, as many rows as it was trained on, and what it took. */
export interface Ours {
  readonly model: string;
  readonly rows: string;
  readonly outcome: FitOutcome;
}

/** Trains a model in a process of its own, unless the directory holds it already. */
export async function trainOurs(
  { train }: Parts,
  directory: string,
  seed: number,
  { target, steps, recipe, promised }: OursOptions,
): Promise<Ours> {
  const what = [
    ...Object.values(recipe),
    ...(promised?.privacy === false ? ['no privacy'] : Object.values(promised?.privacy ?? {})),
  ];
  const path = join(
    directory,
    `${['ours', ...(what.length ? [what.join()] : [])].join(' ')}-${seed}`,
  );
  const model = { target, steps, seed, recipe, promised };
  const task: FitTask = { data: train, out: `${path}.parquet`, ...model };
  const outcome = await kept(`${path}.json`, task, () =>
    runScript<FitOutcome>(new URL('./fit.ts', import.meta.url), [JSON.stringify(task)]),
  );
  console.error(`seed ${seed}: ${JSON.stringify({ ...outcome, scores: undefined })}`);
  return { model: `${path}.model`, rows: task.out, outcome };
}
