import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect } from 'vitest';
import { runHere } from './console.js';

/**
 * Runs a command that is to fail, and checks what holds for all of these: one line on stderr, no
 * stack trace, nothing on stdout, and nothing new next to `output`.
 */
export async function runRefused(
  args: readonly string[],
  output: string,
  options?: Parameters<typeof runHere>[1],
) {
  const before = await readdir(dirname(output)).catch(() => []);

  const { code, stdout, stderr } = await runHere(args, options);

  const lines = stderr.split('\n').filter((line) => !line.startsWith('training: '));
  expect(lines).toEqual([expect.stringMatching(/^gan-augment: \S/), '']);
  expect(stdout).toBe('');
  expect(await readdir(dirname(output)).catch(() => [])).toEqual(before);
  return { code, message: lines[0] as string };
}
