import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

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
    include: mode === 'deep' ? filesWithCases() : ['test/**/*.test.ts'],
    globalSetup: 'test/support/compile-once.ts',
    // Vitest leaves one core to itself, which is half of two.
    maxWorkers: '100%',
    env: { TEST_DEPTH: mode === 'deep' ? 'deep' : 'normal' },
    // No outcome may depend on speed: what takes this long hangs.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
}));
