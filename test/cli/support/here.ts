import { fileURLToPath } from 'node:url';

const config = (name: string) => [
  '--config',
  fileURLToPath(new URL(`./${name}.json`, import.meta.url)),
];

/**
 * Flags that train on the thread of the test, which takes half as long: for tests of anything else than
 * threads.
 */
export const here = { train: config('train-here'), augment: config('augment-here') } as const;
