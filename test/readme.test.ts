import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readParquetBatches } from '../src/data/parquet/read.js';
import { collect } from './data/support/arbitrary-batches.js';

const root = resolve(import.meta.dirname, '..');
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gan-augment-'));
  await mkdir(join(directory, 'fixtures'));
  await copyFile(
    join(root, 'fixtures/penguins.parquet'),
    join(directory, 'fixtures/penguins.parquet'),
  );
});
afterAll(() => rm(directory, { recursive: true }));

/** The blocks of TypeScript in the README, in order. */
async function examples(): Promise<string[]> {
  const text = await readFile(join(root, 'README.md'), 'utf8');
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] as string);
}

describe('README', () => {
  it('should start with an example of ten lines that runs as written', async () => {
    const [first = ''] = await examples();
    const path = join(directory, 'example.ts');
    await writeFile(path, first);
    const previous = process.cwd();

    process.chdir(directory);
    try {
      await import(/* @vite-ignore */ pathToFileURL(path).href);
    } finally {
      process.chdir(previous);
    }

    const batches = await collect(
      readParquetBatches(join(directory, 'penguins.augmented.parquet')),
    );
    expect(first.trim().split('\n').length).toBeLessThanOrEqual(10);
    expect(batches.reduce((sum, { numRows }) => sum + numRows, 0)).toBe(344 + 147);
  });
});
