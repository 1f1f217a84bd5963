import { fileURLToPath } from 'node:url';
import { beforeAll } from 'vitest';
import { useDirectory } from '../../data/support/directory.js';
import { runHere } from './console.js';
import { here } from './here.js';

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url));

/** 344 rows, 7 columns. */
export const penguins = {
  parquet: fixture('penguins.parquet'),
  arrow: fixture('penguins.arrow'),
  arrows: fixture('penguins.arrows'),
} as const;

/** A directory with a model of the penguins, trained in no time and no good. */
export function useModel() {
  const directory = useDirectory();
  const model = { directory, path: '' };
  beforeAll(async () => {
    model.path = directory.fresh('model');
    const few = ['--steps', '2', '--seed', '7', ...here.train];
    await runHere(['train', penguins.parquet, '-o', model.path, ...few]);
  }, 60_000);
  return model;
}
