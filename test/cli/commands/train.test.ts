import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../../../src/gan/model/directory.js';
import { plainImage, writeImages } from '../../data/images/arbitrary-images.js';
import { useDirectory } from '../../data/support/directory.js';
import { runHere } from '../support/console.js';
import { here } from '../support/here.js';
import { penguins } from '../support/penguins.js';
import { runRefused } from '../support/refused.js';

const directory = useDirectory();
const train = (input: string, output: string, ...args: string[]) => [
  'train',
  input,
  '-o',
  output,
  '--steps',
  '1',
  ...here.train,
  ...args,
];

describe('train', () => {
  it('should save a model, and say so', async () => {
    const output = directory.fresh('model');

    const result = await runHere(train(penguins.parquet, output, '--seed', '7', '--json'));

    const { id, manifest } = await loadModel(output);
    expect([result.code, (await readdir(output)).sort()]).toEqual([
      0,
      ['generator.onnx', 'model.json'],
    ]);
    expect(result.stderr).toContain(
      `saved ${output}: 344 rows, 1 step, model ${id.slice(0, 12)}\n`,
    );
    expect(JSON.parse(result.stdout)).toEqual({
      command: 'train',
      output,
      model: id,
      rows: 344,
      steps: 1,
      seed: 7,
    });
    const place = { engine: 'onnx', device: 'cpu', threads: 1 };
    expect(manifest.training).toEqual({
      ...{ rows: 344, steps: 1, seed: '7', ...place },
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('should promise privacy, and say what was spent, also of the rows and in their report', async () => {
    const [output, rows, page] = ['model', 'rows.parquet', 'page.html'].map((name) =>
      directory.fresh(name),
    ) as [string, string, string];
    const small = '{"base":"dp-tabular","generator":[8],"latent":4,"batch":20}';
    const promised = ['--epsilon', '5', '--delta', '1e-4', '--recipe', small];

    const result = await runHere(train(penguins.parquet, output, ...promised, '--json'));
    const inspected = await runHere(['inspect', output]);
    await runHere(['sample', output, '-n', '20', '-o', rows]);
    await runHere(['report', penguins.parquet, rows, '-o', page, '--no-illustrations']);

    const { training } = (await loadModel(output)).manifest;
    expect(result.stderr).toContain('differential privacy (ε 5, δ 0.0001) of each row');
    expect(JSON.parse(result.stdout)).toMatchObject({ privacy: training.privacy });
    expect(inspected.stdout).toMatch(/privacy promised\n {2}epsilon +4\.99/);
    expect(await readFile(page, 'utf8')).toContain('differential privacy (ε 5, δ 0.0001)');
  });

  it('should refuse a promise that says but a half, or that nothing is private', async () => {
    const output = directory.fresh('model');

    const half = await runHere(train(penguins.parquet, output, '--epsilon', '1'));
    const none = ['--epsilon', '1', '--delta', '1e-4', '--no-privacy'];
    const both = await runHere(train(penguins.parquet, output, ...none));

    expect([half.code, both.code]).toEqual([2, 2]);
    expect(half.stderr).toContain('fit.privacy.epsilon needs fit.privacy.delta');
    expect(both.stderr).toContain('--no-privacy and --epsilon exclude each other');
  });

  it('should write a report on the model by rows that it holds out', async () => {
    const output = directory.fresh('model');
    const report = directory.fresh('report.html');

    const result = await runHere(train(penguins.parquet, output, '--report', report));

    const { manifest } = await loadModel(output);
    const page = await readFile(report, 'utf8');
    expect(result.code).toBe(0);
    expect(result.stderr).toContain(`wrote ${report}`);
    expect(manifest.training.rows).toBeLessThan(300);
    expect(page).toContain(`<td>real</td><td class="number">${manifest.training.rows}</td>`);
    expect(page).toContain(
      `<td>holdout</td><td class="number">${344 - manifest.training.rows}</td>`,
    );
    expect(page).toContain('Was a row trained on?');
    expect(page).toContain('<h2>How the model was trained</h2>');
  });

  it('should refuse a report that cannot be, before any training', async () => {
    const output = directory.fresh('model');
    const refused = async (...args: string[]) =>
      (await runRefused(train(penguins.parquet, output, ...args), output)).message;

    const nowhere = await refused('--report', `${directory.fresh('missing')}/report.html`);
    const onInput = await refused('--report', penguins.parquet);

    expect(nowhere).toContain('does not exist');
    expect(onInput).toContain(penguins.parquet);
  });

  it('should train on a folder of images, and say how its labels are learned by', async () => {
    const folder = directory.fresh('digits');
    const paths = ['one/a.png', 'one/b.png', 'two/a.png', 'two/b.png'];
    await writeImages(
      folder,
      Object.fromEntries(paths.map((path, k) => [path, plainImage(8, 8, [40 * k])])),
    );
    const small = ['--recipe', '{"base":"vanilla","widthMultiplier":0.1,"batch":2}'];
    const [bare, labelled] = [directory.fresh('model'), directory.fresh('model')];

    const without = await runHere(train(folder, bare, ...small));
    const known = ['--target', 'label', '--no-privacy'];
    const result = await runHere(train(folder, labelled, ...small, ...known));

    expect([without.code, result.code]).toEqual([0, 0]);
    expect(without.stderr).toContain('--target label conditions on them');
    expect((await loadModel(bare)).manifest.columns.map(({ name }) => name)).toEqual(['image']);
    expect(result.stderr).not.toContain('--target label');
    expect((await loadModel(labelled)).manifest.training.target).toBe('label');
  });

  it('should train on rows from anywhere in the input where it is told to', async () => {
    const output = directory.fresh('model');
    const sample = ['--fit-rows', '50', '--sample', 'reservoir'];

    await runHere(train(penguins.parquet, output, ...sample));

    const { manifest } = await loadModel(output);
    const species = manifest.summary?.find(({ name }) => name === 'species');
    expect(manifest.training.rows).toBe(50);
    // The first 50 penguins are all of one species.
    expect(species?.levels).toHaveLength(3);
  });

  it('should draw curves while it trains, where it is told to', async () => {
    const pictures = directory.fresh('pictures');

    const { code } = await runHere(
      train(penguins.parquet, directory.fresh('model'), '--pictures', pictures),
    );

    expect([code, await readdir(pictures)]).toEqual([0, ['curves.png']]);
  });

  it('should go on from a checkpoint, to the same model', async () => {
    const [first, resumed] = [directory.fresh('model'), directory.fresh('model')];
    const checkpoint = directory.fresh('checkpoint');

    await runHere(train(penguins.parquet, first, '--checkpoint', checkpoint));
    const written = await readFile(checkpoint);
    const again = train(penguins.parquet, resumed, '--checkpoint', checkpoint, '--resume');
    const { code } = await runHere(again);

    expect(written.length).toBeGreaterThan(1000);
    expect([code, (await loadModel(resumed)).id]).toEqual([0, (await loadModel(first)).id]);
  });

  it('should refuse to go on from nothing', async () => {
    const output = directory.fresh('model');

    const { code, stderr } = await runHere(train(penguins.parquet, output, '--resume'));

    expect(code).toBe(2);
    expect(stderr).toContain('fit.resume needs fit.checkpoint');
  });

  it('should give the same model from a file and from stdin', async () => {
    const [file, stream] = [directory.fresh('model'), directory.fresh('model')];
    const stdin = Readable.from([await readFile(penguins.arrows)]);

    await runHere(train(penguins.arrows, file));
    const { code } = await runHere(train('-', stream), { stdin });

    expect([code, (await loadModel(stream)).id]).toEqual([0, (await loadModel(file)).id]);
  });

  it('should train on the first rows alone', async () => {
    const output = directory.fresh('model');

    const { stderr } = await runHere(train(penguins.parquet, output, '--fit-rows', '100'));

    expect(stderr).toContain(': 100 rows, 1 step,');
  });

  it('should replace a model', async () => {
    const output = directory.fresh('model');

    await runHere(train(penguins.parquet, output));
    const before = await loadModel(output);
    const { code } = await runHere(train(penguins.parquet, output, '--seed', '1'));

    expect([code, (await loadModel(output)).id === before.id]).toEqual([0, false]);
  });

  it('should refuse to replace anything else', async () => {
    const output = directory.fresh('folder');
    await mkdir(output);
    await writeFile(join(output, 'diary.txt'), 'dear');

    const { code, message } = await runRefused(train(penguins.parquet, output), output);

    expect(code).toBe(2);
    expect(message).toContain('exists and is something else');
    expect(await readdir(output)).toEqual(['diary.txt']);
  });

  it.each([
    ['a missing input', 'missing.parquet', 'model', 'does not exist: missing.parquet'],
    ['a missing directory', penguins.parquet, 'missing/model', 'directory does not exist'],
  ])('should refuse %s', async (_, input, ending, problem) => {
    const output = directory.fresh(ending);

    const { code, message } = await runRefused(train(input, output), output);

    expect(code).toBe(2);
    expect(message).toContain(problem);
  });
});
