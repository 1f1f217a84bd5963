import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { assertApart } from '../../../src/data/dataset/apart.js';
import { InvalidOptionError } from '../../../src/errors.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();
let root: string;
const at = (...names: string[]) => join(root, ...names);

beforeAll(async () => {
  root = directory.fresh('root');
  await mkdir(at('data', 'year=1'), { recursive: true });
  for (const name of ['one.csv', 'data/a.csv', 'data/year=1/b.csv']) await writeFile(at(name), 'a');
  await symlink(at('data'), at('link'));
  await symlink(at('one.csv'), at('same.csv'));
});

describe('assertApart', () => {
  it.each([
    ['the input itself', ['one.csv'], 'one.csv', /the output is an input: .*--overwrite/],
    ['the input under another name', ['one.csv'], 'same.csv', /the output is an input/],
    ['a file that a pattern means', ['data/*.csv'], 'link/a.csv', /the output is an input/],
    ['a file below a directory', ['data'], 'data/c.csv', /the output lies in the input/],
    ['a file below a linked directory', ['link'], 'data/year=2/c.csv', /lies in the input/],
  ])('should refuse %s', async (_, inputs, output, message) => {
    const checking = assertApart(
      inputs.map((name) => at(name)),
      at(output),
    );

    await expect(checking).rejects.toThrow(InvalidOptionError);
    await expect(checking).rejects.toThrow(message);
  });

  it('should refuse a directory that holds an input, or is one', async () => {
    const isDirectory = true;

    const above = assertApart([at('data/a.csv')], at('data'), { isDirectory });
    const itself = assertApart([at('data')], at('data'), { isDirectory });

    await expect(above).rejects.toThrow(/the input lies in the output: .*a\.csv in /);
    await expect(itself).rejects.toThrow(/the output lies in the input/);
  });

  it('should let a file be replaced where that is meant, a file of a directory never', async () => {
    await assertApart([at('one.csv')], at('one.csv'), { overwrite: true });

    const inside = assertApart([at('data')], at('data/a.csv'), { overwrite: true });

    await expect(inside).rejects.toThrow(/lies in the input/);
  });

  it.each([
    [['one.csv'], 'two.csv'],
    [['data'], 'database.csv'],
    [['data/*.csv'], 'other/a.csv'],
    [['missing'], 'a.csv'],
  ])('should let %j go to %s', async (inputs, output) => {
    await assertApart(
      inputs.map((name) => at(name)),
      at(output),
    );
  });

  it('should have nothing to say of streams and addresses', async () => {
    await assertApart(['-', 'https://example.org/a.csv'], '-');
    await assertApart(['-'], at('one.csv'));
  });
});
