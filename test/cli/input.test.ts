import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readInput } from '../../src/cli/input.js';
import { InvalidOptionError } from '../../src/errors.js';
import { fakeConsole, openInput } from './support/console.js';
import { penguins } from './support/penguins.js';

describe('readInput', () => {
  it('should leave stdin alone when it reads a file', async () => {
    const stdin = openInput();
    const context = { ...fakeConsole({ stdin }), signal: new AbortController().signal };

    let rows = 0;
    for await (const batch of readInput([penguins.arrow], context)) rows += batch.numRows;

    expect([rows, stdin.destroyed]).toEqual([344, false]);
  });

  it('should read some columns of some files, or of stdin', async () => {
    const stdin = openInput(await readFile(penguins.arrows));
    stdin.push(null);
    const context = { ...fakeConsole({ stdin }), signal: new AbortController().signal };
    const inputs = [[penguins.arrow, penguins.parquet], ['-']];

    const read = inputs.map(async (paths) => {
      const found = { rows: 0, names: [] as unknown[] };
      for await (const { numRows, schema } of readInput(paths, context, { columns: ['sex'] })) {
        found.rows += numRows;
        found.names = schema.names;
      }
      return found;
    });

    expect(await Promise.all(read)).toEqual([
      { rows: 688, names: ['sex'] },
      { rows: 344, names: ['sex'] },
    ]);
  });

  it('should refuse stdin together with files', async () => {
    const context = { ...fakeConsole(), signal: new AbortController().signal };

    const first = readInput(['-', penguins.arrow], context).next();

    await expect(first).rejects.toThrow(InvalidOptionError);
  });

  it('should let go of stdin when it is left early', async () => {
    const stdin = openInput(await readFile(penguins.arrows));
    const context = { ...fakeConsole({ stdin }), signal: new AbortController().signal };

    for await (const batch of readInput(['-'], context)) {
      expect(batch.numRows).toBe(344);
      break;
    }

    expect(stdin.destroyed).toBe(true);
  });

  it('should let go of a stdin that is silent when it is aborted', async () => {
    const stdin = openInput();
    const controller = new AbortController();
    const context = { ...fakeConsole({ stdin }), signal: controller.signal };

    const first = readInput(['-'], context).next();
    controller.abort(new Error('enough'));

    await expect(first).rejects.toThrow('enough');
    expect(stdin.destroyed).toBe(true);
  });
});
