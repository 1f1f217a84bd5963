import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { readProvenance } from '../../../src/augment/provenance/provenance.js';
import { writeIpcBatches } from '../../../src/data/ipc/write.js';
import { readBatches } from '../../../src/data/open.js';
import { saveModel } from '../../../src/gan/model/directory.js';
import { hastyPairModel, pairRows, smallPix2pix } from '../../augment/support/translating.js';
import { collect } from '../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../data/support/directory.js';
import { exactRows } from '../../data/support/exact.js';
import { runHere } from '../support/console.js';
import { useModel } from '../support/penguins.js';
import { runRefused } from '../support/refused.js';

const directory = useDirectory();
const penguins = useModel();
const rows = pairRows(12);
let [data, model] = ['', ''];

beforeAll(async () => {
  data = directory.fresh('arrow');
  model = directory.fresh('model');
  await writeIpcBatches(data, [rows], {});
  await saveModel(await hastyPairModel(), model);
});

const others = (all: readonly (readonly unknown[])[]) =>
  all.map(([id, , name, labels]) => JSON.stringify([id, name, labels]));

describe('--translate', () => {
  it('should train a model of two columns, from which sample makes real rows anew', async () => {
    const [trained, output] = [directory.fresh('model'), directory.fresh('arrow')];
    const [page, more] = [directory.fresh('html'), directory.fresh('arrow')];
    await writeIpcBatches(more, [pairRows(160)], {});
    const recipe = ['--recipe', JSON.stringify(smallPix2pix), '--translate', 'labels:slice'];

    const training = await runHere([
      ...['train', more, '-o', trained, '--steps', '2', ...recipe],
      ...['--report', page],
    ]);
    const sampled = await runHere([
      'sample',
      trained,
      '--from',
      data,
      '-n',
      '5',
      '-o',
      output,
      '--json',
    ]);

    expect([training.code, sampled.code]).toEqual([0, 0]);
    expect(await readFile(page, 'utf8')).toContain('<h2>Translation, on held-out rows</h2>');
    expect(sampled.stderr).toBe(`wrote ${output}: 5 synthetic rows\n`);
    expect(JSON.parse(sampled.stdout)).toMatchObject({ command: 'sample', rows: 5, seed: 0 });
    const made = await collect(readBatches(output));
    expect(others(exactRows(made))).toEqual(others(exactRows([rows])).slice(0, 5));
  });

  it('should make derived rows of a stream, by a model that is there or one that it trains', async () => {
    const output = directory.fresh('arrow');
    const augment = (...args: string[]) =>
      runHere(['augment', data, '-o', output, '--ratio', '0.5', ...args]);
    const train = ['--recipe', JSON.stringify(smallPix2pix), '--translate', 'labels:slice'];

    for (const args of [
      ['--model', model],
      [...train, '--steps', '2'],
    ]) {
      const { code, stderr } = await augment(...args);

      expect([code, stderr]).toEqual([
        0,
        expect.stringContaining('12 real rows, 12 synthetic rows'),
      ]);
      const [mixed] = await collect(readBatches(output));
      const all = others(exactRows([mixed as NonNullable<typeof mixed>]));
      expect(all.filter((_, k) => k % 2 === 1)).toEqual(all.filter((_, k) => k % 2 === 0));
      expect(readProvenance(mixed?.schema.metadata ?? new Map())).toMatchObject([
        { derived: { source: 'labels', made: 'slice' } },
      ]);
    }
  });

  it('should refuse what it cannot mean, and models that it is not for', async () => {
    const output = directory.fresh('arrow');
    const refused = async (...args: string[]) => (await runRefused(args, output)).message;
    const sample = (place: string, ...args: string[]) =>
      refused('sample', place, '-o', output, ...args);

    expect(await refused('train', data, '-o', output, '--translate', 'labels')).toMatch(
      /labels:slice/,
    );
    expect(await sample(model, '-n', '3')).toMatch(/--from FILE/);
    expect(await sample(penguins.path, '--from', data)).toMatch(
      /--from is for models that make rows from real ones: .*Leave it out/,
    );
    expect(await sample(model, '--from', data, '--translate', 'slice:labels')).toMatch(
      /is not what the model has learned/,
    );
    expect(await sample(model)).toMatch(/'-n, --rows <n>' not specified/);
    expect(await sample(model, '-n', '1', '--translate', 'labels:slice')).toMatch(/Give --from/);
  });

  it('should be held against the truth of held-out rows in a report, with triplets to look at', async () => {
    const [made, back] = [directory.fresh('arrow'), directory.fresh('model')];
    const [page, json] = [directory.fresh('html'), directory.fresh('json')];
    await saveModel(await hastyPairModel({ translate: { from: 'slice', to: 'labels' } }), back);
    await runHere(['sample', model, '--from', data, '-o', made]);
    const options = ['--holdout', data, '--translation', model, '--segmenter', back];

    const { code, stdout } = await runHere([
      ...['report', data, made, ...options],
      ...['-o', page, '--json', json],
    ]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/made of 'labels' in 12 held-out rows is .* away from the true 'slice'/);
    expect(stdout).toMatch(/pix2pix: 'labels' to 'slice', beside the truth/);
    expect(stdout).toMatch(/label 2 +0\.\d/);
    expect(await readFile(page, 'utf8')).toContain('src="data:image/png;base64,');
    expect(JSON.parse(await readFile(json, 'utf8')).translation).toMatchObject({
      pairs: { count: 12, segmented: { made: {}, real: {} } },
    });
  });
});
