import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.js';
import { decodeImage } from '../../../src/data/images/decode.js';
import { loadModel, saveModel } from '../../../src/gan/model/directory.js';
import { version } from '../../../src/version.js';
import { hastyImages } from '../../gan/families/tensor/images-table.js';
import { brokenOutput, fakeConsole, runHere } from '../support/console.js';
import { penguins, useModel } from '../support/penguins.js';
import { runRefused } from '../support/refused.js';

const model = useModel();
const { directory } = model;

describe('inspect of a file', () => {
  let augmented = '';

  beforeAll(async () => {
    augmented = directory.fresh('parquet');
    const options = ['--ratio', '0.3', '--seed', '5', '--model', model.path];
    await runHere(['augment', penguins.parquet, '-o', augmented, ...options]);
  });

  it('should show a Parquet file to people', async () => {
    const { code, stdout, stderr } = await runHere(['inspect', penguins.parquet]);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^rows {8}344$/m);
    expect(stdout).toMatch(/^ {2}body_mass_g {8}int32 {4}yes$/m);
    expect(stdout).toMatch(/^row groups\n {2}rows {2}bytes\n {3}344 {3}\d+$/m);
    expect(stdout).not.toContain('augmentations');
  });

  it('should show how it was augmented', async () => {
    const { id } = await loadModel(model.path);

    const { stdout } = await runHere(['inspect', augmented]);

    expect(stdout).toMatch(
      new RegExp(
        `^augmentations\\n.*\\n  ${version}  +${id}  tabular  +0\\.3  5 +0  append  interleave  [0-9a-f]{64}$`,
        'm',
      ),
    );
    expect(stdout).toMatch(/^outcome\n {2}realRows {7}344\n {2}syntheticRows {2}147$/m);
    expect(stdout).not.toContain('{');
  });

  it('should print one line of JSON', async () => {
    const { stdout } = await runHere(['inspect', augmented, '--json']);

    const summary = JSON.parse(stdout);
    expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
    expect(summary).toMatchObject({ format: 'parquet', rows: 491, rowGroups: [{ rows: 491 }] });
    expect(summary.augmentations).toMatchObject([{ ratio: 0.3, seed: '5', recipe: 'tabular' }]);
    expect(summary.metadata).not.toHaveProperty('gan-augment');
  });

  it('should show the rules that training would find, unless it is not to look', async () => {
    const [found, left] = [
      await runHere(['inspect', penguins.parquet, '--json']),
      await runHere(['inspect', penguins.parquet, '--json', '--no-rules']),
    ];

    expect(JSON.parse(found.stdout).rules).toMatchObject([
      { kind: 'combination', 'rows that speak for it': 106 },
    ]);
    expect(JSON.parse(left.stdout)).not.toHaveProperty('rules');
  });

  it.each(['arrow', 'arrows'] as const)('should show an .%s file', async (format) => {
    const { stdout } = await runHere(['inspect', penguins[format], '--json']);

    expect(JSON.parse(stdout)).toMatchObject({ rows: 344, batches: [{ rows: 344 }] });
  });
});

describe('inspect of a dataset', () => {
  it('should show files, partitions and columns of a directory, and its augmentation', async () => {
    const output = directory.fresh('dataset');
    const options = ['--ratio', '0.3', '--model', model.path, '--partition-by', 'species,sex'];
    await runHere(['augment', penguins.parquet, '-o', output, ...options]);

    const shown = await runHere(['inspect', output]);
    const { stdout } = await runHere(['inspect', output, '--json']);

    const summary = JSON.parse(stdout);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(
      /^partitions\n {2}name {5}type {2}values\n {2}species {2}utf8 {7}3\n/m,
    );
    expect(summary).toMatchObject({
      path: output,
      format: 'dataset',
      formats: ['parquet'],
      rows: 491,
    });
    expect(summary.columns.map(({ name }: { name: string }) => name)).toHaveLength(7);
    expect(summary.partitions.map(({ name }: { name: string }) => name)).toEqual([
      'species',
      'sex',
    ]);
    const rows = summary.files.map((file: { rows: number }) => file.rows);
    expect(rows.reduce((sum: number, each: number) => sum + each)).toBe(491);
    expect(summary.files[0].path).toMatch(/^species=Adelie\/sex=.*\/part-0\.parquet$/);
    expect(summary.augmentations).toMatchObject([{ ratio: 0.3, recipe: 'tabular' }]);
  });

  it('should show what a pattern matches', async () => {
    const folder = dirname(penguins.arrow);

    const { stdout } = await runHere(['inspect', join(folder, 'penguins.arrow*'), '--json']);

    expect(JSON.parse(stdout)).toMatchObject({
      formats: ['arrow-file', 'arrow-stream'],
      rows: 688,
      partitions: [],
      files: [{ rows: 344 }, { rows: 344 }],
    });
  });
});

describe('inspect of a model', () => {
  it('should show it to people', async () => {
    const { code, stdout } = await runHere(['inspect', model.path]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^recipe {3}tabular$/m);
    expect(stdout).toMatch(/^training\n {2}rows +344\n {2}steps +2\n {2}seed +7\n/m);
    expect(stdout).toMatch(/^ {2}species {12}utf8 {5}no {8}categorical$/m);
    expect(stdout).toMatch(/^ {2}body_mass_g {8}int32 {4}yes {7}nullable integer$/m);
  });

  it('should print one line of JSON', async () => {
    const { id } = await loadModel(model.path);

    const { stdout } = await runHere(['inspect', model.path, '--json']);

    expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
    expect(JSON.parse(stdout)).toMatchObject({
      path: model.path,
      id,
      recipe: 'tabular',
      training: { rows: 344, steps: 2, seed: '7', engine: 'onnx' },
      columns: { length: 7 },
    });
  });
});

describe('inspect of what it must refuse', () => {
  it('should refuse a missing path, an empty directory and other files', async () => {
    const [folder, text] = [directory.fresh('folder'), directory.fresh('txt')];
    await mkdir(folder);
    await writeFile(text, 'hello');

    const results = [];
    for (const path of ['missing', folder, text]) {
      results.push(await runRefused(['inspect', path], text));
    }

    expect(results.map(({ code }) => code)).toEqual([2, 2, 2]);
    expect(results.map(({ message }) => message)).toEqual([
      expect.stringContaining('missing'),
      expect.stringContaining('has no files'),
      expect.stringContaining('no known format'),
    ]);
  });

  it('should fail in one line when stdout is full', async () => {
    const { console, error } = fakeConsole();
    const stdout = brokenOutput('ENOSPC');

    const code = await run(['inspect', penguins.parquet], { ...console, stdout });

    expect([code, error.text()]).toEqual([
      1,
      'gan-augment: standard output cannot be written: write ENOSPC. See where it leads.\n',
    ]);
  });
});

describe('inspect --explain', () => {
  it('should say what moves together, and what each condition does', async () => {
    const json = directory.fresh('json');

    const shown = await runHere(['inspect', model.path, '--explain', '--json', json]);

    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(/^conditions\n {2}condition +met by itself +moves others$/m);
    expect(shown.stdout).toMatch(/^ {2}species=Adelie +\d+\.\d % +\S/m);
    const { explanation } = JSON.parse(await readFile(json, 'utf8'));
    expect(explanation.effects[0]).toMatchObject({ column: 'species', level: expect.any(String) });
  });

  it('should write a model card', async () => {
    const card = directory.fresh('md');

    const { code, stderr } = await runHere(['inspect', model.path, '--card', card]);

    expect([code, stderr]).toEqual([0, `wrote ${card}\n`]);
    expect(await readFile(card, 'utf8')).toMatch(/^# Model card: tabular\n/);
  });

  it('should refuse what is no model', async () => {
    const { code, stdout, stderr } = await runHere(['inspect', penguins.parquet, '--explain']);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--explain is for a saved model');
  });
});

describe('inspect --directions', () => {
  it('should draw what changes the images of a model most', async () => {
    const [path, picture] = [directory.fresh('model'), directory.fresh('png')];
    await saveModel(await hastyImages(), path);

    const { code, stdout, stderr } = await runHere(['inspect', path, '--directions', picture]);

    const image = await decodeImage(await readFile(picture), picture);
    // Four directions of a latent vector of four numbers, nine images of 6 × 5 each.
    expect([code, image.width, image.height]).toEqual([0, 9 * 7 - 2, 4 * 8 - 2]);
    expect(stderr).toBe(`wrote ${picture}: 61 × 30 pixels\n`);
    expect(stdout).toContain('gan-augment model');
  });

  it('should refuse a model that makes no images, and a name that is no picture', async () => {
    const picture = directory.fresh('png');

    const [ofTables, unnamed] = [
      await runHere(['inspect', model.path, '--directions', picture]),
      await runHere(['inspect', model.path, '--directions', 'directions.txt']),
    ];

    expect([ofTables.code, ofTables.stderr]).toEqual([
      2,
      expect.stringContaining('the model makes no images: tabular'),
    ]);
    expect([unnamed.code, unnamed.stderr]).toEqual([
      2,
      expect.stringContaining('--directions writes a PNG file: directions.txt'),
    ]);
  });
});
