import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../src/data/inspect.js';
import { readIpcBatches } from '../../src/data/ipc/read.js';
import { version } from '../../src/version.js';
import { penguins, useModel } from './support/penguins.js';
import { finish, start, until, untilBegun } from './support/process.js';

const model = useModel();
const { directory } = model;

/** More rows than anyone waits for. */
const endless = '1000000000';
const interrupted = { code: 130, signal: null, stderr: 'gan-augment: interrupted\n' };

/** An empty directory to write to. */
async function emptyFolder(): Promise<string> {
  const folder = directory.fresh('folder');
  await mkdir(folder);
  return folder;
}

describe('the process', () => {
  it('should end with the exit code', async () => {
    const { child, ended } = start('--version');
    const [text] = await once(child.stdout.setEncoding('utf8'), 'data');

    expect(text).toBe(`${version}\n`);
    expect(await ended).toEqual({ code: 0, signal: null, stderr: '' });
    expect(await finish('inspect', 'missing')).toMatchObject({ code: 2 });
  });

  it('should fit into a pipe', async () => {
    const output = directory.fresh('parquet');
    const first = start('sample', model.path, '-n', '1000', '-o', '-');
    const second = start('augment', '-', '-o', output, '--ratio', '0.5', '--model', model.path);
    first.child.stdout.pipe(second.child.stdin);

    const results = await Promise.all([first.ended, second.ended]);

    expect(results.map(({ code }) => code)).toEqual([0, 0]);
    expect((await inspectFile(output)).rows).toBe(2000);
  });

  it('should write stdin on to stdout', async () => {
    const { child, ended } = start(
      'augment',
      '-',
      '-o',
      '-',
      '--ratio',
      '0.2',
      '--model',
      model.path,
    );
    child.stdin.end(await readFile(penguins.arrows));

    let rows = 0;
    for await (const batch of readIpcBatches(child.stdout)) rows += batch.numRows;

    expect(rows).toBe(430);
    expect(await ended).toMatchObject({ code: 0, signal: null });
  });

  it('should not wait for a stdin that it refuses', async () => {
    const { child, ended } = start('train', '-', '-o', directory.fresh('model'));
    child.stdin.write('no Arrow stream');

    expect(await ended).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not an Arrow IPC stream: standard input'),
    });
  });
});

describe('the process whose reader goes away', () => {
  it('should end, and say so in one line', async () => {
    const { child, ended } = start('sample', model.path, '-n', endless, '-o', '-');
    await once(child.stdout, 'data');
    child.stdout.destroy();

    const { code, stderr } = await ended;

    expect(code).toBe(1);
    expect(stderr).toMatch(/^gan-augment: standard output cannot be written: .*\n$/);
  });

  it.each([[['inspect', penguins.parquet]], [['--help']]])(
    'should end without a stack trace: %j',
    async (args) => {
      const { child, ended } = start(...args);
      child.stdout.destroy();

      const { signal, stderr } = await ended;

      expect(signal).toBe(null);
      expect(stderr).not.toMatch(/^\s+at /m);
    },
  );
});

describe('the interrupted process', () => {
  it('should stop training', async () => {
    const folder = await emptyFolder();
    const output = join(folder, 'a.parquet');
    const args = ['--ratio', '0.3', '--steps', '1000000'];
    const { child, ended, stderr } = start('augment', penguins.parquet, '-o', output, ...args);
    child.stdin.end();
    await until(() => stderr().includes('training: step'));

    child.kill('SIGINT');

    expect(await ended).toMatchObject({ code: 130, signal: null });
    expect(stderr()).toMatch(/\ngan-augment: interrupted\n$/);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['parquet', 'SIGINT'],
    ['arrow', 'SIGTERM'],
  ] as const)('should leave no %s file behind on %s', async (format, signal) => {
    const folder = await emptyFolder();
    const output = join(folder, `a.${format}`);
    const { child, ended } = start('sample', model.path, '-n', endless, '-o', output);
    await untilBegun(folder);

    child.kill(signal);

    expect(await ended).toEqual(interrupted);
    expect(await readdir(folder)).toEqual([]);
  });

  it('should not wait for a stdin that is silent', async () => {
    const folder = await emptyFolder();
    const { child, ended } = start('augment', '-', '-o', join(folder, 'a.arrow'), '--ratio', '0.3');
    await untilBegun(folder);

    child.kill('SIGINT');

    expect(await ended).toEqual(interrupted);
    expect(await readdir(folder)).toEqual([]);
  });

  it('should not wait for a reader that does not read', async () => {
    const { child, ended } = start('sample', model.path, '-n', endless, '-o', '-');
    await once(child.stdout, 'readable');

    child.kill('SIGINT');
    await until(() => child.exitCode !== null);
    child.stdout.resume();

    expect(await ended).toEqual(interrupted);
  });

  it('should end at once on a second interrupt', async () => {
    const { child, ended, stderr } = start('sample', model.path, '-n', endless, '-o', '-');
    await once(child.stdout, 'readable');

    child.kill('SIGINT');
    await until(() => stderr() !== '');
    child.kill('SIGINT');
    await until(() => child.exitCode !== null || child.signalCode !== null);
    child.stdout.resume();

    const { code, signal } = await ended;
    // By the signal, or by its own exit if that came first.
    expect([130, null]).toContain(code);
    expect(['SIGINT', null]).toContain(signal);
  });
});
