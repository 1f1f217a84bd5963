import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { restoreBackend } from '../src/compute/with-backend.js';

const root = resolve(import.meta.dirname, '..');

/** The blocks of TypeScript of a page, each with the heading that it stands below. */
async function examplesOf(page: string) {
  const text = await readFile(join(root, 'docs', page), 'utf8');
  return text.split(/^## /m).flatMap((section) => {
    const title = section.split('\n', 1)[0] as string;
    return [...section.matchAll(/```ts\n([\s\S]*?)```/g)].map(
      ([, code = '']) => [page, title, code] as const,
    );
  });
}

const operatorExamples = await examplesOf('operator.md');
const examples = [
  ...operatorExamples,
  ...(await examplesOf('testing.md')),
  ...(await examplesOf('tensors.md')),
];

let directory: string;
const previous = process.cwd();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gan-augment-'));
  await mkdir(join(directory, 'fixtures'));
  const fixture = 'fixtures/penguins.parquet';
  await copyFile(join(root, fixture), join(directory, fixture));
  process.chdir(directory);
});
afterAll(async () => {
  process.chdir(previous);
  // tfjs chose one to train a classifier on.
  restoreBackend(undefined);
  await rm(directory, { recursive: true });
});

describe('docs', () => {
  it.each(examples)('should have an example in %s that runs: %s', async (_page, _title, code) => {
    const printed: unknown[][] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((...what) => printed.push(what));
    const path = join(directory, `example-${examples.findIndex((each) => each[2] === code)}.ts`);
    await writeFile(path, code);

    await import(/* @vite-ignore */ pathToFileURL(path).href);

    log.mockRestore();
    if (code.includes('console.log')) expect(printed).not.toEqual([]);
    // What it says that it prints.
    const promised = code.match(/; \/\/ .*?(\d+|false|refused|species|true)[^\d]*$/m)?.[1] ?? '';
    expect(JSON.stringify(printed)).toContain(promised);
  });

  it('should have an example of each option that it lists', async () => {
    const text = await readFile(join(root, 'docs/operator.md'), 'utf8');
    const table = text.match(/\| option \| default \|[\s\S]*?\n\n/)?.[0] ?? '';
    const rows = [...table.matchAll(/^\| (`[^|]*`) \|/gm)].map(([, names = '']) => names);
    const options = rows.flatMap((names) => [...names.matchAll(/`([\w.]+)`/g)].map(([, n]) => n));
    const code = operatorExamples.map(([, , each]) => each).join('\n');

    const missing = options.filter((option) => {
      const name = option?.split('.').at(-1);
      return !new RegExp(`\\b${name}\\b ?[:,}]`).test(code);
    });

    expect(options.length).toBeGreaterThan(25);
    expect(missing).toEqual([]);
  });

  it('should leave the files that it speaks of', async () => {
    const names = ['described.parquet', 'judged.parquet', 'model', 'passed.parquet', 'signed'];

    expect(await readdir(directory)).toEqual(expect.arrayContaining(names));
  });
});
