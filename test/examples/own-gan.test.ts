import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { useDirectory } from '../data/support/directory.js';

const directory = useDirectory();
const [here, given] = [process.cwd(), process.argv];

beforeAll(() => {
  process.chdir(dirname(directory.fresh('any')));
  process.argv = [...given.slice(0, 2), '2'];
});
afterAll(() => {
  process.chdir(here);
  process.argv = given;
});

describe('examples/own-gan', () => {
  it('should train networks and a loss of its own, and draw what they make', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});

    await import('../../examples/own-gan.js');

    expect((await readFile('out/own-gan.png')).subarray(1, 4).toString()).toBe('PNG');
    expect(log).toHaveBeenLastCalledWith('out/own-gan.png');
  });
});
