import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/** Test files that put something else in a module's place, which no other file may see. */
const alone = ['test/gan/families/toy.test.ts'];

/** The test files with properties that have more cases when there is more time. */
function filesWithCases(): string[] {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((path) => `test/${path}`)
    .filter((path) => path.endsWith('.test.ts'))
    .filter((path) => readFileSync(path, 'utf8').includes("/support/cases.js'"));
}

export default defineConfig(({ mode }) => ({
  resolve: {
    // Examples import the package by its name; here they run against the source.
    alias: [
      { find: /^gan-augment$/, replacement: source('index.ts') },
      { find: /^gan-augment\/networks$/, replacement: source('networks.ts') },
      { find: /^gan-augment\/testing$/, replacement: source('testing/index.ts') },
    ],
  },
  test: {
    globalSetup: 'test/support/compile-once.ts',
    // Vitest leaves one core to itself, which is half of two.
    maxWorkers: '100%',
    // No outcome may depend on speed: what takes this long hangs.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          // Here, as what a project extends is read anew, without the mode.
          env: { TEST_DEPTH: mode === 'deep' ? 'deep' : 'normal' },
          include: mode === 'deep' ? filesWithCases() : ['test/**/*.test.ts'],
          exclude: alone,
          // To load the library anew for each file took more time than its tests.
          isolate: false,
        },
      },
      ...(mode === 'deep'
        ? []
        : [{ extends: true, test: { name: 'alone', include: alone } } as const]),
    ],
  },
}));
