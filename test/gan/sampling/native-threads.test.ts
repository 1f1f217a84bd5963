import { describe, expect, it } from 'vitest';
import { nativeThreads } from '../../../src/gan/sampling/open-chunks.js';

describe('nativeThreads', () => {
  it.each([
    // asked for, whether two make rows, cores, each of them has
    [undefined, true, 2, 1],
    [2, true, 2, 1],
    [4, true, 8, 2],
    [5, true, 8, 2],
    [64, true, 8, 4],
    [4, false, 8, 4],
    [4, false, 2, 2],
    [1, false, 1, 1],
  ])(
    'should share %s threads (two makers: %s) on %s cores as %s each',
    (threads, isThreaded, cores, each) => {
      const place = nativeThreads({ device: 'cpu', threads }, isThreaded, cores);

      expect(place).toEqual({ device: 'cpu', threads: each });
    },
  );
});
