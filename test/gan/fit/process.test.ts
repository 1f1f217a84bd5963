import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isDeep } from '../../support/cases.js';
import { compiledUrl } from '../../support/compiled.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

/** Runs code on the built package, with `fit(options)` for the penguins, and gives how it ended. */
async function ending(code: string) {
  const prelude = `
    import { fitStream, readParquet } from '${compiledUrl('index.js')}';
    const fit = (options) => fitStream(readParquet('fixtures/penguins.parquet'), { progress: false, ...options });
  `;
  const args = ['--input-type=module', '--eval', prelude + code];
  try {
    const { stdout, stderr } = await run(process.execPath, args, { cwd: root, timeout: 500_000 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, signal, stdout, stderr } = error as Record<string, unknown>;
    return { code: code ?? signal, stdout, stderr };
  }
}

describe('a process of the built package', () => {
  it('should train on a thread, and end by itself', async () => {
    const code = "console.log((await fit({ steps: 2, thread: 'worker' })).manifest.training.steps)";

    expect(await ending(code)).toEqual({ code: 0, stdout: '2\n', stderr: '' });
  });

  it('should end by itself after an abort', async () => {
    const code = `
      const signal = AbortSignal.timeout(700);
      await fit({ steps: 1e6, signal }).catch((error) => console.log(error.name));
    `;

    expect(await ending(code)).toEqual({ code: 0, stdout: 'TimeoutError\n', stderr: '' });
  });

  // Without a gate around native code, this ends it with SIGABRT nearly each time.
  it.each(isDeep ? [1, 9, 20] : [9])(
    'should exit in the middle of two trainings: step %i',
    async (last) => {
      const code = `
      const onStep = ({ step }) => step >= ${last} && process.exit(7);
      await Promise.all([fit({ steps: 1e6, onStep }), fit({ steps: 1e6, seed: 1, onStep })]);
    `;

      expect(await ending(code)).toEqual({ code: 7, stdout: '', stderr: '' });
    },
  );

  it('should tell of an uncaught error in the middle of a training, and not crash', async () => {
    const code = `
      setTimeout(() => { throw new Error('mine'); }, 800);
      await fit({ steps: 1e6 });
    `;

    expect(await ending(code)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Error: mine'),
    });
  });
});
