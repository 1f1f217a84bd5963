import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../src/augment/augment-batches.js';
import { run } from '../../../src/cli/run.js';
import { readIpcBatches } from '../../../src/data/ipc/read.js';
import { encodeIpcStream } from '../../../src/data/ipc/write.js';
import { loadModel } from '../../../src/gan/model/directory.js';
import { version } from '../../../src/version.js';
import { brokenOutput, keepingOutput, openInput, runHere } from '../support/console.js';
import { penguins, useModel } from '../support/penguins.js';
import { start } from '../support/process.js';
import { serveHere, streamFrames } from '../support/serve.js';

const model = useModel();
let bytes: Uint8Array;

beforeAll(async () => {
  bytes = await readFile(penguins.arrows);
});

const args = () => ['--model', model.path];

/** What the library itself gives for the penguins. */
async function expected(options: object): Promise<Uint8Array> {
  const source = readIpcBatches(bytes);
  const augmented = augmentBatches(source, {
    ratio: 0,
    ...options,
    model: await loadModel(model.path),
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of encodeIpcStream(augmented)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('gan-augment serve --stdio', () => {
  it('should augment one stream after another as the library does', async () => {
    const [first, second] = [
      { ratio: 0.3, partition: 1, mark: 'is_synthetic' },
      { ratio: 0.5, seed: 7, rowsBefore: 3, placement: 'append' },
    ];
    const input = Buffer.concat([streamFrames(first, bytes), streamFrames(second, bytes)]);

    const { code, stderr, answers } = await serveHere(args(), input);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(answers.map(({ types }) => types)).toEqual(['R', 'ADDDE', 'ADDDE']);
    expect(answers[0]?.json).toMatchObject({ protocol: 1, version });
    expect(answers[1]?.json).toEqual({ realRows: 344, syntheticRows: 147 });
    expect(answers[1]?.bytes).toEqual(await expected(first));
    expect(answers[2]?.json).toEqual({ realRows: 344, syntheticRows: 344 });
    expect(answers[2]?.bytes).toEqual(await expected(second));
  });

  it('should give a partition the same rows whatever was served before', async () => {
    const stream = streamFrames({ ratio: 0.3, partition: 5 }, bytes);
    const other = streamFrames({ ratio: 0.6, partition: 2 }, bytes);

    const { answers } = await serveHere(args(), Buffer.concat([stream, other, stream]));

    expect(answers[3]).toEqual(answers[1]);
    expect(answers[2]?.bytes).not.toEqual(answers[1]?.bytes);
  });

  it.each([
    [
      'options that are not known',
      { ratio: 0.3, ratoi: 0.3 },
      'INVALID_OPTION',
      "'ratoi' is not known",
    ],
    ['options that cannot be used', { ratio: 2 }, 'INVALID_OPTION', 'ratio must be a number'],
    ['a mark that is there already', { ratio: 0.1, mark: 'sex' }, 'SCHEMA', "'sex'"],
  ])('should tell of %s, and go on with the next stream', async (_, options, code, message) => {
    const sound = streamFrames({ ratio: 0.3 }, bytes);

    const served = await serveHere(args(), Buffer.concat([streamFrames(options, bytes), sound]));

    expect(served.code).toBe(0);
    expect(served.answers[1]?.types).toMatch(/^A?X$/);
    expect(served.answers[1]?.json).toEqual({ code, message: expect.stringContaining(message) });
    expect(served.answers[2]?.json).toEqual({ realRows: 344, syntheticRows: 147 });
  });

  it('should not end as whole a stream that is cut, cancelled or none', async () => {
    const cut = streamFrames({ ratio: 0.3 }, bytes.subarray(0, bytes.length - 2000));
    const cancelled = streamFrames(
      { ratio: 0.3 },
      bytes.subarray(0, bytes.length - 2000),
      'cancel',
    );
    const noArrow = streamFrames({ ratio: 0.3 }, Buffer.from('no Arrow stream at all'));

    const { code, answers } = await serveHere(args(), Buffer.concat([cut, cancelled, noArrow]));

    expect(code).toBe(0);
    expect(answers.slice(1).map(({ types }) => types.at(-1))).toEqual(['X', 'X', 'X']);
    expect(answers.slice(1).map(({ json }) => json.code)).toEqual([
      'FORMAT',
      'CANCELLED',
      'FORMAT',
    ]);
  });

  it('should fail where its input ends in the middle of a stream, or is none', async () => {
    const whole = streamFrames({ ratio: 0.3 }, bytes);

    const cut = await serveHere(args(), whole.subarray(0, whole.length - 100));
    const none = await serveHere(args(), Buffer.from('ARROW1..........'));

    expect(cut.code).toBe(2);
    expect(cut.answers.at(-1)?.types).not.toContain('E');
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('docs/serve.md') });
  });

  it('should end by itself when no stream comes for long', async () => {
    const { code, answers } = await serveHere([...args(), '--idle', '1'], Buffer.alloc(0), true);

    expect(code).toBe(0);
    expect(answers.map(({ types }) => types)).toEqual(['R']);
  });

  it('should end when nobody reads what it says', async () => {
    const stderr = keepingOutput();
    const stdin = openInput(streamFrames({ ratio: 0.3 }, bytes));

    const code = await run(['serve', '--stdio', ...args()], {
      stdin,
      stdout: brokenOutput(),
      stderr: stderr.output,
    });

    expect(code).toBe(1);
    expect(stderr.text()).toMatch(/standard output cannot be written: its reader has gone away/);
  });

  it('should refuse a terminal', async () => {
    const { code, stderr } = await runHere(['serve', '--stdio', ...args()], { terminal: true });

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('a terminal') });
  });

  it('should tell its client that there is no such model', async () => {
    const { code, answers } = await serveHere(['--model', 'missing'], new Uint8Array());

    expect(code).toBe(2);
    expect(answers).toMatchObject([
      { types: 'X', json: { message: expect.stringContaining('missing') } },
    ]);
  });

  it('should end as a process when its client is gone', async () => {
    const { child, ended } = start('serve', '--stdio', ...args());
    await once(child.stdout, 'data');

    child.stdin.end();

    expect(await ended).toEqual({ code: 0, signal: null, stderr: '' });
  });
});
