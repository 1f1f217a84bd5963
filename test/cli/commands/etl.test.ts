import { generateKeyPairSync } from 'node:crypto';
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../src/augment/augment-batches.js';
import { readBatches } from '../../../src/data/open.js';
import { loadModel, saveModel } from '../../../src/gan/model/directory.js';
import { exactRows } from '../../../src/testing/exact-rows.js';
import { collect } from '../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../data/support/directory.js';
import { runHere } from '../support/console.js';
import { here } from '../support/here.js';
import { penguins, useModel } from '../support/penguins.js';

const directory = useDirectory();
const model = useModel();
const keys = { right: '', wrong: '' };
let signed: string;

beforeAll(async () => {
  const pairs = { right: generateKeyPairSync('ed25519'), wrong: generateKeyPairSync('ed25519') };
  for (const name of ['right', 'wrong'] as const) {
    keys[name] = directory.fresh('pem');
    await writeFile(keys[name], pairs[name].publicKey.export({ type: 'spki', format: 'pem' }));
  }
  signed = directory.fresh('signed');
  await saveModel(await loadModel(model.path), signed, { signingKey: pairs.right.privateKey });
}, 60_000);

const augmenting = (output: string, ...more: string[]) =>
  runHere(['augment', penguins.parquet, '-o', output, '--ratio', '0.3', ...more]);

describe('--verify', () => {
  it('should let augment and sample use a model that is signed with the key', async () => {
    const outputs = [directory.fresh('parquet'), directory.fresh('parquet')] as const;
    const verify = ['--verify', keys.right];

    const augmented = await augmenting(outputs[0], '--model', signed, ...verify);
    const sampled = await runHere(['sample', signed, '-n', '5', '-o', outputs[1], ...verify]);

    expect([augmented.code, sampled.code]).toEqual([0, 0]);
  });

  it('should refuse a model of another key, and one without a signature, before anything is written', async () => {
    const output = directory.fresh('parquet');
    const serve = ['serve', '--stdio', '--idle', '1', '--model', signed, '--verify', keys.wrong];

    const results = [
      await augmenting(output, '--model', signed, '--verify', keys.wrong),
      await augmenting(output, '--model', model.path, '--verify', keys.right),
      await runHere(['sample', signed, '-n', '5', '-o', output, '--verify', keys.wrong]),
      await runHere(serve),
    ];

    expect(results.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    expect(results[0]?.stderr).toMatch(/is signed with another key/);
    expect(results[1]?.stderr).toMatch(/is not signed: it has no model\.sig/);
    await expect(stat(output)).rejects.toThrow('ENOENT');
  });

  it('should need a model', async () => {
    const { code, stderr } = await augmenting(directory.fresh('parquet'), '--verify', keys.right);

    expect(code).toBe(2);
    expect(stderr).toContain('--verify is for a saved model. Give --model too');
  });

  it('should be what a model with a key is to the library, and to --config', async () => {
    const key = await readFile(keys.wrong, 'utf8');
    const job = directory.fresh('json');
    await writeFile(job, JSON.stringify({ model: { directory: signed, key } }));

    const reading = collect(
      augmentBatches(readBatches(penguins.parquet), {
        ratio: 0.3,
        model: { directory: signed, key },
      }),
    );
    const { code, stderr } = await augmenting(directory.fresh('parquet'), '--config', job);

    await expect(reading).rejects.toThrow(/is signed with another key/);
    expect([code, stderr]).toEqual([1, expect.stringContaining('signed with another key')]);
  });
});

describe('--json FILE', () => {
  it('should write the summary to a file where the rows go to stdout', async () => {
    const json = directory.fresh('json');

    const args = ['--model', model.path, '--json', json];
    const { code, out } = await augmenting('-', ...args);

    expect(code).toBe(0);
    expect(out.byteLength).toBeGreaterThan(1000);
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({
      command: 'augment',
      ratio: 0.3,
      rows: { real: 344, synthetic: 147 },
    });
  });

  it('should not take an input for the file', async () => {
    const before = await readFile(penguins.parquet);

    const { code, stderr } = await runHere([
      ...['augment', '--json', penguins.parquet, '-o', directory.fresh('parquet')],
      ...['--ratio', '0.3', '--model', model.path],
    ]);

    expect(code).toBe(2);
    expect(stderr).toMatch(/--json writes to a file that ends in \.json: .*Put --json last/);
    expect(await readFile(penguins.parquet)).toEqual(before);
  });
});

describe('--partition and --rows-before', () => {
  it('should give what the library gives, of augment and of sample', async () => {
    const [augmented, sampled] = [directory.fresh('arrow'), directory.fresh('arrow')];
    const args = ['--model', model.path, '--partition', '3', '--seed', '5'];

    await augmenting(augmented, ...args, '--rows-before', '9');
    await runHere(['sample', model.path, '-n', '7', '-o', sampled, ...args.slice(2)]);
    const options = { ratio: 0.3, model: model.path, partition: 3, seed: 5, rowsBefore: 9 };
    const expected = await collect(augmentBatches(readBatches(penguins.parquet), options));
    const made = exactRows(await collect(readBatches(sampled)));

    expect(exactRows(await collect(readBatches(augmented)))).toEqual(exactRows(expected));
    // The same rows are made for a partition, however they come out.
    expect(exactRows(expected)).toEqual(expect.arrayContaining(made));
    expect(made).toHaveLength(7);
  });
});

describe('outputs among inputs', () => {
  it('should refuse to write over an input, unless told', async () => {
    const input = directory.fresh('parquet');
    await copyFile(penguins.parquet, input);
    const args = ['augment', input, '-o', input, '--ratio', '0.3', '--model', model.path];

    const refused = await runHere(args);
    const bytes = await readFile(input);
    const told = await runHere([...args, '--overwrite']);

    expect([refused.code, told.code]).toEqual([2, 0]);
    expect(refused.stderr).toMatch(/the output is an input/);
    expect(bytes).toEqual(await readFile(penguins.parquet));
    expect((await collect(readBatches(input))).reduce((sum, { numRows }) => sum + numRows, 0)).toBe(
      491,
    );
  });

  it('should refuse to put what it writes into a model or an input directory', async () => {
    const results = [
      await runHere(['sample', model.path, '-n', '1', '-o', join(model.path, 'rows.parquet')]),
      await runHere(['train', model.path, '-o', join(model.path, 'inner'), '--steps', '1']),
    ];

    expect(results.map(({ code }) => code)).toEqual([2, 2]);
    for (const { stderr } of results) expect(stderr).toMatch(/the output lies in the input/);
  });

  it('should refuse to replace a signed model, unless told', async () => {
    const train = ['train', penguins.parquet, '-o', signed, '--steps', '1', ...here.train];

    const { code, stderr } = await runHere(train);

    expect(code).toBe(2);
    expect(stderr).toMatch(
      /the model there is signed, and the new one would not be: .*--overwrite/,
    );
  });
});

describe('rows that were augmented already', () => {
  it('should be said, by augment and by train', async () => {
    const [once, twice] = [directory.fresh('parquet'), directory.fresh('parquet')];
    await augmenting(once, '--model', model.path);

    const again = ['augment', once, '-o', twice, '--ratio', '0.1', '--model', model.path];
    const augmented = await runHere(again);
    const trained = await runHere([
      'train',
      once,
      '-o',
      directory.fresh('m'),
      '--steps',
      '1',
      ...here.train,
    ]);

    for (const { code, stderr } of [augmented, trained]) {
      expect(code).toBe(0);
      expect(stderr).toMatch(
        /the rows were augmented already, at ratio 0\.3 by model [0-9a-f]{12}/,
      );
    }
  });
});

describe('options of reading', () => {
  it('should read CSV as told, and count its rows', async () => {
    const [input, output] = [directory.fresh('csv'), directory.fresh('jsonl')];
    const rows = Array.from(
      { length: 40 },
      (_, k) => `0${k % 9};1.0${k % 10}0,5;${k % 2 ? '?' : 'b'}`,
    );
    await writeFile(input, `made by hand\nzip;price;kind\n${rows.join('\n')}`, 'latin1');

    const { code } = await runHere([
      ...[
        'augment',
        input,
        '-o',
        output,
        '--ratio',
        '0.2',
        '--steps',
        '1',
        '--no-gate',
        ...here.augment,
      ],
      ...['--skip-lines', '1', '--delimiter', ';', '--decimal', ',', '--thousands', '.'],
      ...['--nulls', '?', '--type', 'zip=utf8', '--encoding', 'latin1'],
    ]);
    const lines = (await readFile(output, 'utf8')).trim().split('\n');

    expect(code).toBe(0);
    expect(lines).toHaveLength(50);
    expect(JSON.parse(lines[1] as string)).toEqual({ zip: '01', price: 1010.5, kind: null });
  });

  it('should read JSON lines, and refuse options that no input can use', async () => {
    const [lines, output] = [directory.fresh('ndjson'), directory.fresh('parquet')];
    const rows = Array.from({ length: 30 }, (_, k) => JSON.stringify({ id: k % 5, x: k / 2 }));
    await writeFile(lines, rows.join('\n'));
    const rest = ['-o', output, '--ratio', '0.25', '--steps', '1', '--no-gate', ...here.augment];

    const read = await runHere(['augment', lines, ...rest, '--type', 'id=utf8']);
    const [batch] = await collect(readBatches(output));
    const refused = await runHere(['augment', lines, ...rest, '--delimiter', ';']);

    expect([read.code, refused.code]).toEqual([0, 2]);
    expect(String(batch?.schema.fields[0]?.type)).toBe('Utf8');
    expect(refused.stderr).toMatch(/options of reading CSV were given, and no input is such/);
  });
});
