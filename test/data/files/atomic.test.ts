import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeAtomically } from '../../../src/data/files/atomic.js';
import { FileError, InvalidOptionError } from '../../../src/errors.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();

describe('writeAtomically', () => {
  it('should show nothing under the path before all is written', async () => {
    const path = directory.fresh('bin');
    await writeFile(path, 'old');

    const seen = await writeAtomically(path, async (sink) => {
      await sink.write(Buffer.from('new '));
      await sink.write(Buffer.from('bytes'));
      return { position: sink.position, text: await readFile(path, 'utf8') };
    });

    expect(seen).toEqual({ position: 9, text: 'old' });
    expect(await readFile(path, 'utf8')).toBe('new bytes');
  });

  it('should leave no file, and the old one as it was, when it fails', async () => {
    const path = directory.fresh('bin');
    await writeFile(path, 'old');
    const before = await directory.list();
    const error = new Error('in the middle');

    const writing = writeAtomically(path, async (sink) => {
      await sink.write(Buffer.from('new'));
      throw error;
    });

    await expect(writing).rejects.toBe(error);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await directory.list()).toEqual(before);
  });

  it('should refuse a missing directory before any work', async () => {
    const path = join(dirname(directory.fresh('bin')), 'missing', 'a.bin');
    let called = false;

    const writing = writeAtomically(path, async () => {
      called = true;
    });

    await expect(writing).rejects.toThrow(FileError);
    await expect(writing).rejects.toThrow(`output directory does not exist: ${dirname(path)}`);
    expect(called).toBe(false);
  });

  it.each([undefined, '', 5, (async function* () {})()])(
    'should refuse what is no path: %s',
    async (path) => {
      let worked = false;

      const act = writeAtomically(path as string, async () => {
        worked = true;
      });

      await expect(act).rejects.toThrow(InvalidOptionError);
      expect(worked).toBe(false);
    },
  );

  it('should refuse to replace what is no regular file', async () => {
    const folder = directory.fresh('folder');
    const link = directory.fresh('link');
    await mkdir(folder);
    await symlink('/dev/null', link);

    for (const path of [folder, link, '/dev/null']) {
      await expect(writeAtomically(path, async () => {})).rejects.toThrow(/is not a regular file/);
    }
  });
});
