import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Field, Int32, List, makeVector, Table, tableToIPC, vectorFromArray } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDatasetBatches } from '../../../src/data/dataset/read.js';
import { inspectFile } from '../../../src/data/inspect.js';
import { collect } from '../../data/support/arbitrary-batches.js';
import { openInput, runHere } from '../support/console.js';
import { here } from '../support/here.js';
import { penguins, useModel } from '../support/penguins.js';
import { runRefused } from '../support/refused.js';

const model = useModel();
const { directory } = model;
const augment = (...args: string[]) => ['augment', ...args];

describe('augment', () => {
  it('should train, mix rows in, and say what it did', async () => {
    const output = directory.fresh('parquet');

    const result = await runHere(
      augment(penguins.parquet, '-o', output, '--ratio', '0.3', '--steps', '2', '--json'),
    );

    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/^training: step 2 of 2, critic \S+, generator \S+$/m);
    expect(result.stderr).toContain(`\nwrote ${output}: 344 real rows, 147 synthetic rows\n`);
    expect(result.stdout.endsWith('}\n')).toBe(true);
    expect(JSON.parse(result.stdout)).toEqual({
      command: 'augment',
      output,
      model: expect.stringMatching(/^[0-9a-f]{64}$/),
      ratio: 0.3,
      seed: 0,
      rows: { real: 344, synthetic: 147 },
    });
    expect((await inspectFile(output)).rows).toBe(491);
  });

  it('should write a report on the model that it trains, by rows that this one did not learn', async () => {
    const [output, report] = [directory.fresh('parquet'), directory.fresh('html')];
    const common = ['--ratio', '0.3', '--steps', '2', '--no-rules', ...here.augment];

    const result = await runHere(
      augment(penguins.parquet, '-o', output, ...common, '--report', report),
    );

    const page = await readFile(report, 'utf8');
    const [learned = 0, held = 0] = ['real', 'holdout'].map((table) =>
      Number(page.match(new RegExp(`<td>${table}</td><td class="number">(\\d+)`))?.[1]),
    );
    expect(result.code).toBe(0);
    expect(result.stderr).toContain(`wrote ${output}: 344 real rows, 147 synthetic rows`);
    expect(result.stderr).toContain(`wrote ${report}`);
    expect([learned + held, held > 40, held < 100]).toEqual([344, true, true]);
    expect(page).toContain('<h2>How the model was trained</h2>');
    expect(page).toContain(`four fifths of what was learned from ${penguins.parquet}`);
  });

  it('should refuse a report on a model that it did not train, and one in the place of a file', async () => {
    const [output, report] = [directory.fresh('parquet'), directory.fresh('html')];
    const common = ['-o', output, '--ratio', '0.3'];

    const saved = await runRefused(
      augment(penguins.parquet, ...common, '--model', model.path, '--report', report),
      output,
    );
    const same = await runRefused(augment(penguins.parquet, ...common, '--report', output), output);

    expect(saved.message).toContain('--report and --model exclude each other');
    expect(saved.message).toContain('--holdout');
    expect(same.message).toContain(output);
  });

  it('should say so where there is no model to report on', async () => {
    const [output, report] = [directory.fresh('parquet'), directory.fresh('html')];

    const result = await runHere(
      augment(penguins.parquet, '-o', output, '--ratio', '0', '--report', report),
    );

    expect(result.code).toBe(0);
    expect(result.stderr).toContain(`no report, as no model was trained: ${report}`);
  });

  it('should give the same bytes again, and the same with a model trained before', async () => {
    const [first, second, saved] = [0, 1, 2].map(() => directory.fresh('parquet')) as [
      string,
      string,
      string,
    ];
    const common = ['--ratio', '0.3', '--seed', '7', '--mark', 'is_synthetic'];

    await runHere(
      augment(penguins.parquet, '-o', first, ...common, '--steps', '2', ...here.augment),
    );
    await runHere(
      augment(penguins.parquet, '-o', second, ...common, '--steps', '2', ...here.augment),
    );
    await runHere(augment(penguins.parquet, '-o', saved, ...common, '--model', model.path));

    const bytes = await readFile(first);
    expect(bytes.equals(await readFile(second))).toBe(true);
    expect(bytes.equals(await readFile(saved))).toBe(true);
  });

  it.each(['parquet', 'arrow', 'arrows'] as const)('should read %s', async (format) => {
    const output = directory.fresh('arrow');
    const options = ['--ratio', '0.2', '--model', model.path, '--mark', 'synthetic'];

    const { code } = await runHere(augment(penguins[format], '-o', output, ...options));

    const { rows, columns } = await inspectFile(output);
    expect([code, rows]).toEqual([0, 430]);
    expect(columns.at(-1)).toEqual({ name: 'synthetic', type: 'bool', nullable: false });
  });

  it('should read CSV by its name, and keep its rows', async () => {
    const [input, output] = [directory.fresh('csv'), directory.fresh('parquet')];
    const lines = Array.from({ length: 40 }, (_, k) => `00${k},${k % 3},${k / 8}`);
    await writeFile(input, `code,size,weight\n${lines.join('\n')}\n`);

    const { code } = await runHere(
      augment(input, '-o', output, '--ratio', '0.2', '--steps', '2', ...here.augment),
    );

    const [{ columns, rows }, shown] = [await inspectFile(output), await inspectFile(input)];
    expect([code, rows]).toEqual([0, 50]);
    expect(columns.map(({ type }) => type)).toEqual(['utf8', 'int64', 'float64']);
    expect(shown).toMatchObject({ format: 'csv', rows: 40, columns });
  });

  it('should read stdin and write stdout as Arrow streams', async () => {
    const stdin = Readable.from([await readFile(penguins.arrows)]);
    const copy = directory.fresh('arrows');

    const { code, out, stderr } = await runHere(
      augment('-', '-o', '-', '--ratio', '0.2', '--model', model.path),
      { stdin },
    );
    await writeFile(copy, out);

    expect([code, stderr]).toEqual([
      0,
      'wrote standard output: 344 real rows, 86 synthetic rows\n',
    ]);
    expect((await inspectFile(copy)).rows).toBe(430);
  });

  it('should read some columns of a directory and a pattern, and write Parquet as it is told', async () => {
    const folder = directory.fresh('folder');
    const output = directory.fresh('parquet');
    for (const year of ['2024', '2025']) {
      await mkdir(join(folder, `year=${year}`), { recursive: true });
      await cp(penguins.parquet, join(folder, `year=${year}`, 'a.parquet'));
    }
    const writing = ['--compression', 'gzip', '--row-group-rows', '500', '--statistics', 'none'];
    const metadata = ['--metadata', 'source=a=b', '--metadata', 'year=2026'];

    for (const input of [folder, join(folder, '*', '*.parquet')]) {
      const { code } = await runHere(
        augment(
          input,
          '-o',
          output,
          '--ratio',
          '0',
          '--columns',
          'year,sex',
          ...writing,
          ...metadata,
        ),
      );

      expect(code).toBe(0);
      expect(await inspectFile(output)).toMatchObject({
        rows: 688,
        columns: [{ name: 'sex' }, { name: 'year', type: 'int64' }],
        codecs: ['GZIP'],
        metadata: { source: 'a=b', year: '2026' },
        rowGroups: [{ rows: 500 }, { rows: 188 }],
      });
    }
  });

  it('should write a directory of partitions, and refuse to write over it', async () => {
    const output = directory.fresh('dataset');
    const args = augment(penguins.parquet, '-o', output, '--ratio', '0', '--partition-by', 'sex');

    const { code, stderr } = await runHere(args);
    const again = await runHere(args);
    const rows = await collect(readDatasetBatches(output, { columns: ['sex'] }));

    expect([code, stderr]).toEqual([0, `wrote ${output}: 344 real rows, 0 synthetic rows\n`]);
    expect((await readdir(output)).sort()).toEqual(
      ['sex=FEMALE', 'sex=MALE', 'sex=__HIVE_DEFAULT_PARTITION__'].sort(),
    );
    expect(rows.reduce((sum, { numRows }) => sum + numRows, 0)).toBe(344);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('output exists')]);
  });

  it('should write over its own input where that is meant', async () => {
    const path = directory.fresh('parquet');
    await cp(penguins.parquet, path);

    const { code } = await runHere(
      augment(path, '-o', path, '--overwrite', '--ratio', '0.5', '--model', model.path),
    );

    expect([code, (await inspectFile(path)).rows]).toEqual([0, 688]);
  });
});

describe('augment of what it must refuse', () => {
  const bad = { truncated: '', text: '', stream: '', folder: '', altered: '', notJson: '' };

  beforeAll(async () => {
    for (const name of Object.keys(bad) as (keyof typeof bad)[]) bad[name] = directory.fresh(name);
    await writeFile(bad.truncated, (await readFile(penguins.parquet)).subarray(0, 3000));
    await writeFile(bad.stream, (await readFile(penguins.arrows)).subarray(0, 3000));
    await writeFile(bad.text, 'a,b\n1,2\n');
    await mkdir(bad.folder);
    await cp(model.path, bad.altered, { recursive: true });
    await writeFile(join(bad.altered, 'generator.onnx'), 'something else');
    await mkdir(bad.notJson);
    await writeFile(join(bad.notJson, 'model.json'), '{');
  });

  it.each([
    ['a missing file', () => 'missing.parquet', 'does not exist: missing.parquet'],
    ['a file of another kind', () => bad.text, 'is in no known format'],
    ['a truncated Parquet file', () => bad.truncated, 'is cut short'],
    ['a truncated Arrow stream', () => bad.stream, 'is cut short'],
    ['an empty directory', () => bad.folder, 'dataset has no files'],
  ])('should refuse %s', async (_, input, problem) => {
    const output = directory.fresh('parquet');

    const { code, message } = await runRefused(
      augment(input(), '-o', output, '--ratio', '0.3', '--steps', '1', ...here.augment),
      output,
    );

    expect(code).toBe(2);
    expect(message).toContain(problem);
  });

  it.each([
    ['nothing', '', 'Arrow IPC stream is empty: standard input'],
    ['something else', 'PAR1 and more', 'not an Arrow IPC stream: standard input'],
  ])('should refuse %s on stdin', async (_, text, problem) => {
    const output = directory.fresh('parquet');

    const { code, message } = await runRefused(
      augment('-', '-o', output, '--ratio', '0.3', '--steps', '1', ...here.augment),
      output,
      { stdin: Readable.from(text === '' ? [] : [Buffer.from(text)]) },
    );

    expect(code).toBe(2);
    expect(message).toContain(problem);
  });

  it('should refuse columns that cannot be learned where their nulls are not wanted', async () => {
    const [input, output] = [directory.fresh('arrow'), directory.fresh('parquet')];
    const pair = vectorFromArray([[1, 2], null, [3]], new List(new Field('item', new Int32())));
    await writeFile(input, tableToIPC(new Table({ x: makeVector(Int32Array.of(1, 2, 3)), pair })));
    const args = augment(input, '-o', output, '--ratio', '0.3', '--unmodelled', 'refuse');

    const { code, message } = await runRefused(args, output);

    expect(code).toBe(2);
    expect(message).toContain("column 'pair' cannot be learned");
  });

  it('should refuse what stdin starts with, and not wait for its end', async () => {
    const output = directory.fresh('parquet');
    const stdin = openInput(Buffer.from('something else'));

    const { code } = await runRefused(augment('-', '-o', output, '--ratio', '0.3'), output, {
      stdin,
    });

    expect([code, stdin.destroyed]).toEqual([2, true]);
  });

  it.each([
    [['--ratio', '1'], 'ratio must be a number in [0, 1): 1'],
    [['--ratio', '-0.1'], 'ratio must be a number in [0, 1): -0.1'],
    [['--ratio', '30%'], "argument '30%' is invalid. It must be a number"],
    [['--ratio', '0.3', '--steps', '0'], 'It must be a positive whole number.'],
    [['--ratio', '0.3', '--fit-rows', '1'], 'whole number from 2'],
    [['--ratio', '0.3', '--seed', '1.5'], 'whole number from 0'],
    [['--ratio', '0.3', '--engine', 'abacus'], 'Allowed choices are auto, onnx, tfjs'],
    [['--ratio', '0.3', '--mark', ''], 'mark must be the name of a new column'],
    [['--ratio', '0.3', '--mark', 'sex', '--steps', '1'], "column 'sex' exists already"],
    [['--ratio', '0.3', '--model', 'nowhere'], 'nowhere'],
    [['--ratio', '0.3', '--model', 'nowhere', '--steps', '9'], 'cannot be used with option'],
    [['--ratio', '0.3', '--colour'], "unknown option '--colour'"],
    [['--ratio', '0.3', 'missing.parquet'], 'does not exist: missing.parquet'],
    [['--ratio', '0.3', '--columns', 'age'], 'column is not in'],
    [['--ratio', '0.3', '--columns', 'sex,'], 'must be names of columns'],
    [['--ratio', '0.3', '--unmodelled', 'drop'], 'Allowed choices are null, refuse'],
    [['--ratio', '0.3', '--statistics', 'some'], 'Allowed choices are page, chunk, none'],
    [['--ratio', '0.3', '--metadata', 'source'], 'must be a key and a value'],
    [['--ratio', '0.3', '--metadata', 'ARROW:schema=x', '--steps', '1'], 'reserved key'],
    [['--ratio', '0.3', '--compression', 'zip'], 'Allowed choices are zstd, snappy, gzip'],
    [['--ratio', '0.3', '--row-group-rows', '0'], 'It must be a positive whole number.'],
    [[], "required option '--ratio <share>' not specified"],
  ])('should refuse the options %j', async (options, problem) => {
    const output = directory.fresh('parquet');

    const { code, message } = await runRefused(
      augment(penguins.parquet, '-o', output, ...options),
      output,
    );

    expect(code).toBe(2);
    expect(message).toContain(problem);
  });

  it.each([
    ['an altered model', () => bad.altered, 'its SHA-256 differs'],
    ['a damaged model', () => bad.notJson, 'is not JSON'],
    ['a directory without a model', () => bad.folder, 'model.json'],
    ['a model that is a file', () => bad.text, bad.text],
  ])('should refuse %s', async (_, path, problem) => {
    const output = directory.fresh('parquet');

    const { code, message } = await runRefused(
      augment(penguins.parquet, '-o', output, '--ratio', '0.3', '--model', path()),
      output,
    );

    expect(code).toBe(2);
    expect(message).toContain(problem);
  });

  it('should refuse a model of another schema', async () => {
    const marked = directory.fresh('parquet');
    const output = directory.fresh('parquet');
    const common = ['--ratio', '0.3', '--model', model.path];
    await runHere(augment(penguins.parquet, '-o', marked, ...common, '--mark', 'extra'));

    const { code, stderr } = await runHere(augment(marked, '-o', output, ...common));

    expect(code).toBe(2);
    expect(stderr).toContain('trained on other columns');
    expect(stderr).toContain("'extra'");
    await expect(stat(output)).rejects.toThrow('ENOENT');
  });

  it.each([
    ['an unknown extension', 'xlsx', 'unknown extension'],
    ['a directory that is missing', 'missing/a.parquet', 'directory does not exist'],
  ])('should refuse an output with %s', async (_, ending, problem) => {
    const output = directory.fresh(ending);

    const { code, message } = await runRefused(
      augment(penguins.parquet, '-o', output, '--ratio', '0.3', '--steps', '1', ...here.augment),
      output,
    );

    expect(code).toBe(2);
    expect(message).toContain(problem);
  });

  it('should refuse data and JSON on one stdout', async () => {
    const { code, message } = await runRefused(
      augment(penguins.parquet, '-o', '-', '--ratio', '0.3', '--json'),
      directory.fresh('parquet'),
    );

    expect(code).toBe(2);
    expect(message).toContain('both write to stdout');
  });
});
