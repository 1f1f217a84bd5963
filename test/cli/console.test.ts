import { describe, expect, it } from 'vitest';
import { print, printJson, say } from '../../src/cli/console.js';
import { FileError } from '../../src/errors.js';
import { brokenOutput, fakeConsole } from './support/console.js';

describe('console', () => {
  it('should keep results and talk apart', async () => {
    const { console, out, error } = fakeConsole();

    await printJson(console, { rows: 1 });
    say(console, 'done');

    expect([out.text(), error.text()]).toEqual(['{"rows":1}\n', 'done\n']);
  });

  it('should raise when a result cannot be printed', async () => {
    const stdout = brokenOutput();
    stdout.on('error', () => {});

    const printing = print({ ...fakeConsole().console, stdout }, 'text');

    await expect(printing).rejects.toThrow(FileError);
    await expect(printing).rejects.toThrow('standard output cannot be written: write EPIPE');
  });
});
