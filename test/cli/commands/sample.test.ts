import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.js';
import { decodeImage } from '../../../src/data/images/decode.js';
import { inspectFile } from '../../../src/data/inspect.js';
import { loadModel, saveModel } from '../../../src/gan/model/directory.js';
import { hastyImages } from '../../gan/families/tensor/images-table.js';
import { hastySounds } from '../../gan/families/tensor/sounds-table.js';
import { brokenOutput, fakeConsole, runHere } from '../support/console.js';
import { useModel } from '../support/penguins.js';
import { runRefused } from '../support/refused.js';

const model = useModel();
const { directory } = model;
const sample = (...args: string[]) => ['sample', model.path, ...args];

describe('sample', () => {
  it.each(['parquet', 'arrow', 'arrows'])('should write synthetic rows as %s', async (format) => {
    const output = directory.fresh(format);

    const result = await runHere(sample('-n', '1000', '-o', output, '--json'));

    expect([result.code, (await inspectFile(output)).rows]).toEqual([0, 1000]);
    expect(result.stderr).toBe(`wrote ${output}: 1,000 synthetic rows\n`);
    expect(JSON.parse(result.stdout)).toEqual({
      command: 'sample',
      output,
      model: (await loadModel(model.path)).id,
      rows: 1000,
      seed: 0,
    });
  });

  it('should give the same bytes for a seed, and others for another', async () => {
    const [one, same, other] = [0, 1, 2].map(() => directory.fresh('parquet')) as [
      string,
      string,
      string,
    ];

    await runHere(sample('-n', '100', '-o', one, '--seed', '3'));
    await runHere(sample('-n', '100', '-o', same, '--seed', '3'));
    await runHere(sample('-n', '100', '-o', other, '--seed', '4'));

    const bytes = await readFile(one);
    expect(bytes.equals(await readFile(same))).toBe(true);
    expect(bytes.equals(await readFile(other))).toBe(false);
  });

  it('should write Parquet as it is told', async () => {
    const output = directory.fresh('parquet');
    const writing = ['--compression', 'snappy', '--row-group-rows', '6', '--metadata', 'a=b'];

    await runHere(sample('-n', '10', '-o', output, '--statistics', 'chunk', ...writing));

    expect(await inspectFile(output)).toMatchObject({
      codecs: ['SNAPPY'],
      rowGroups: [{ rows: 6 }, { rows: 4 }],
      metadata: { a: 'b' },
    });
  });

  it('should write no rows when told to', async () => {
    const output = directory.fresh('parquet');

    const { code, stderr } = await runHere(sample('-n', '0', '-o', output));

    expect([code, (await inspectFile(output)).rows]).toEqual([0, 0]);
    expect(stderr).toContain('0 synthetic rows');
  });

  it('should write an Arrow stream to stdout', async () => {
    const copy = directory.fresh('arrows');

    const { code, out } = await runHere(sample('-n', '10', '-o', '-'));
    await writeFile(copy, out);

    expect([code, (await inspectFile(copy)).rows]).toEqual([0, 10]);
  });

  it('should fail in one line when the reader goes away', async () => {
    const { console, error } = fakeConsole();

    const code = await run(sample('-n', '10', '-o', '-'), { ...console, stdout: brokenOutput() });

    expect(code).toBe(1);
    expect(error.text()).toMatch(/^gan-augment: standard output cannot be written: .*\n$/);
  });

  it.each([
    [['-n', '-1'], 'whole number from 0'],
    [['-n', 'ten'], 'whole number from 0'],
    [[], "required option '-n, --rows <n>' not specified"],
  ])('should refuse the options %j', async (options, problem) => {
    const output = directory.fresh('parquet');

    const { code, message } = await runRefused(sample('-o', output, ...options), output);

    expect(code).toBe(2);
    expect(message).toContain(problem);
  });

  it('should refuse a model that is not there', async () => {
    const output = directory.fresh('parquet');

    const { code, message } = await runRefused(
      ['sample', 'nowhere', '-n', '1', '-o', output],
      output,
    );

    expect(code).toBe(2);
    expect(message).toContain('nowhere');
  });

  it('should draw a grid of images, or a walk between them, as PNG', async () => {
    const [saved, grid, walk] = ['model', 'png', 'png'].map((name) => directory.fresh(name)) as [
      string,
      string,
      string,
    ];
    await saveModel(await hastyImages(), saved);

    const drawn = await runHere(['sample', saved, '-n', '9', '--grid', grid]);
    const walked = await runHere(['sample', saved, '-n', '9', '--grid', walk, '--interpolate']);

    expect([drawn.code, drawn.stderr]).toEqual([0, `wrote ${grid}: 19 × 22 pixels\n`]);
    expect(walked.code).toBe(0);
    const [one, other] = [await decodeImage(await readFile(grid), 'grid'), await readFile(walk)];
    expect([one.width, one.height, one.channels]).toEqual([19, 22, 3]);
    expect(other.equals(await readFile(grid))).toBe(false);
  });

  it('should write sounds as WAV files, named for their rows and labels', async () => {
    const [saved, wav] = ['model', 'wav'].map((name) => directory.fresh(name)) as [string, string];
    await saveModel(await hastySounds(), saved);

    const { code, stderr } = await runHere(['sample', saved, '-n', '3', '--wav', wav]);
    const refused = await runRefused(sample('-n', '3', '--wav', wav), wav);

    expect([code, stderr]).toEqual([0, `wrote ${wav}: 3 sounds\n`]);
    expect(await readdir(wav)).toEqual(
      [0, 1, 2].map((row) => expect.stringMatching(new RegExp(`^0000${row}-[a-g]2?\\.wav$`))),
    );
    const [first = ''] = await readdir(wav);
    expect(await readFile(join(wav, first), 'latin1')).toContain('trainedAlgorithmicMedia');
    expect(refused.message).toContain('--wav is for models of sounds');
  });

  it('should refuse grids that cannot be, before anything is written', async () => {
    const grid = directory.fresh('png');

    const messages = [];
    for (const args of [[], ['--grid', 'grid.jpg'], ['-o', 'x.parquet', '--interpolate']]) {
      messages.push((await runRefused(sample('-n', '4', ...args), grid)).message);
    }
    const { code, stderr } = await runHere(sample('-n', '4', '--grid', grid));

    expect(messages).toEqual([
      expect.stringContaining('Give -o, --grid, --animation or --wav'),
      expect.stringContaining('ends in .png'),
      expect.stringContaining('Give --grid too'),
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('makes no images')]);
    await expect(readFile(grid)).rejects.toThrow(/ENOENT/);
  });
});
