import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { useDirectory } from './support/directory.js';

const directory = useDirectory();
const here = (name: string) => fileURLToPath(new URL(`bombs/${name}`, import.meta.url));

/** Reads a file in a process of its own. */
async function read(
  path: string,
): Promise<Record<'name' | 'message' | 'rows' | 'peakMiB', unknown>> {
  const args = ['--import', 'tsx', here('read-child.ts'), path];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

describe('a small file that would become gigabytes', () => {
  it.each([
    ['dictionary.parquet', /Parquet row group is too large to decode: .* become some 2000\d{7}\)/],
    ['list.parquet', /Parquet column is too large to decode: .* perhaps in one row/],
    ['page.parquet', /Parquet page is damaged: .* that \d+ bytes become 500000010/],
    ['zeros.arrows', /claim 1073741824 uncompressed, more than is decompressed at once/],
  ])('should be refused before the memory is taken: %s', async (name, message) => {
    const outcome = await read(here(name));

    expect(outcome).toMatchObject({
      name: 'FormatError',
      rows: 0,
      message: expect.stringMatching(message),
    });
    expect(outcome.peakMiB).toBeLessThan(300);
  });

  it('should be read in little memory if it is only a text of very many digits', async () => {
    const path = directory.fresh('csv');
    await writeFile(path, `x\n${'7'.repeat(80_000)}x\n`);

    const outcome = await read(path);

    expect(outcome).toMatchObject({ message: '', rows: 1 });
    expect(outcome.peakMiB).toBeLessThan(300);
  });
});
