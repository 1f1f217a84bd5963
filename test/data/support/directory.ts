import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** A directory for the tests of a file, gone afterwards. */
export function useDirectory() {
  let path = '';
  let next = 0;
  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), 'gan-augment-'));
  });
  afterAll(() => rm(path, { recursive: true, force: true }));
  return {
    /** A path in the directory that was not given before. */
    fresh: (extension: string) => join(path, `${next++}.${extension}`),
    /** Names of the files in it, hidden ones too. */
    list: () => readdir(path),
  };
}
