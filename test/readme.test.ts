import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodePng } from '../src/data/images/png.js';
import { readBatches } from '../src/data/open.js';
import { checkAugmented } from '../src/testing/check-augmented.js';
import { runHere } from './cli/support/console.js';
import { collect } from './data/support/arbitrary-batches.js';
import { useDirectory } from './data/support/directory.js';

const root = resolve(import.meta.dirname, '..');
const text = await readFile(join(root, 'README.md'), 'utf8');
const blocks = [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, code = '']) => ({
  language,
  code,
}));
const penguins = 'node_modules/gan-augment/fixtures/penguins.parquet';
const directory = useDirectory();
const previous = process.cwd();
let place: string;

/** A folder in which the package was installed, with data of a user's own. */
beforeAll(async () => {
  place = directory.fresh('project');
  const fixtures = join(place, penguins, '..');
  await mkdir(fixtures, { recursive: true });
  await copyFile(join(root, 'fixtures/penguins.parquet'), join(place, penguins));
  const customers = Array.from({ length: 60 }, (_, k) => `${k % 7},${['gold', 'blue'][k % 2]}`);
  await writeFile(join(place, 'customers.csv'), ['visits,kind', ...customers].join('\n'));
  await drawDigits(join(place, 'digits'));
  process.chdir(place);
});
afterAll(() => process.chdir(previous));

/** Ten grey images of each of two labels. */
async function drawDigits(folder: string): Promise<void> {
  for (const label of ['0', '1']) {
    await mkdir(join(folder, label), { recursive: true });
    for (let k = 0; k < 10; k++) {
      const pixels = Uint8Array.from({ length: 64 }, (_, at) => (at * (k + 3)) % 256);
      const image = await encodePng({ width: 8, height: 8, channels: 1, pixels });
      await writeFile(join(folder, label, `${k}.png`), image);
    }
  }
}

/** Runs a block of TypeScript, and gives what it printed. */
async function runBlock(index: number): Promise<unknown[]> {
  const printed: unknown[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...what) => printed.push(...what));
  const path = join(place, `example-${index}.ts`);
  await writeFile(path, blocks[index]?.code ?? '');
  await import(/* @vite-ignore */ pathToFileURL(path).href).finally(() => log.mockRestore());
  return printed;
}

const indexOf = (part: string) => blocks.findIndex(({ code }) => code.includes(part));
const read = (path: string) => collect(readBatches(path));

describe('README', () => {
  it('should have no block that is not among these', () => {
    expect(blocks.map(({ language }) => language)).toEqual(['sh', 'ts', 'ts', 'sh', 'ts', 'ts']);
  });

  it('should install the package and what it leaves to the user, and no more', async () => {
    const { peerDependencies, peerDependenciesMeta } = JSON.parse(
      await readFile(join(root, 'package.json'), 'utf8'),
    );

    const names = blocks[0]?.code.match(/(?<= )[a-z][\w-]*(?= |\n)/g)?.slice(1);

    const needed = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]);
    expect(names?.toSorted()).toEqual(['gan-augment', ...needed].toSorted());
  });

  it('should start with an example of ten lines that augments a Parquet file', async () => {
    const first = indexOf("writeParquet('penguins.augmented.parquet')");

    await runBlock(first);

    const checked = checkAugmented(await read(penguins), await read('penguins.augmented.parquet'), {
      ratio: 0.3,
    });
    expect(checked).toEqual({ realRows: 344, syntheticRows: 147 });
    expect(first).toBe(1);
    expect(blocks[first]?.code.trim().split('\n').length).toBeLessThanOrEqual(10);
  });

  it.each([
    ['plain objects', 'fromRows', 1000],
    ['a classifier that is trained on the stream', 'centroids', 136],
  ])('should have an example of %s that prints what it says', async (_, part, promised) => {
    const index = indexOf(part);

    const printed = await runBlock(index);

    expect(printed).toEqual([promised]);
    expect(blocks[index]?.code).toContain(`// ${promised}`);
  });

  it('should have an example of a CSV on the command line', async () => {
    const [command = '', ...args] = (blocks[3]?.code.trim() ?? '').split(' ').slice(1);

    const { code } = await runHere(args);

    expect([command, code]).toEqual(['gan-augment', 0]);
    const checked = checkAugmented(await read('customers.csv'), await read('augmented.parquet'), {
      ratio: 0.3,
      mark: 'is_synthetic',
    });
    expect(checked).toEqual({ realRows: 60, syntheticRows: 25 });
  });

  it('should have an example of a folder of images', async () => {
    await runBlock(indexOf('readImages'));

    const [batch] = await read('digits.augmented.parquet');
    expect(batch?.numRows).toBe(40);
    expect(new Set(batch?.getChild('label'))).toEqual(new Set(['0', '1']));
  });
});
