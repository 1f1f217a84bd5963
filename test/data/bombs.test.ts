import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeBombs, readBombs } from './bombs/bombs.js';

const directory = await mkdtemp(join(tmpdir(), 'gan-augment-'));
afterAll(() => rm(directory, { recursive: true }));

describe('a small file that would become gigabytes, or take for ever', async () => {
  const bombs = await makeBombs(directory);
  const outcomes = await readBombs(bombs);

  it.each(bombs.filter(({ isText }) => !isText))(
    'should be refused before the memory is taken: $name',
    ({ name, message }) => {
      const outcome = outcomes.get(name);

      expect(outcome).toMatchObject({ name: 'FormatError', rows: 0 });
      expect(outcome?.message).toMatch(message);
      expect(outcome?.peakMiB).toBeLessThan(300);
    },
  );

  it.each(bombs.filter(({ isText }) => isText))(
    'should be read or refused in little memory if it is a text: $name',
    ({ name, message }) => {
      const outcome = outcomes.get(name);

      expect(outcome?.message).toMatch(message);
      expect(outcome?.rows).toBe(outcome?.message === '' ? 1 : 0);
      expect(outcome?.peakMiB).toBeLessThan(300);
    },
  );
});
