import { writeFile } from 'node:fs/promises';
import {
  DateDay,
  Decimal,
  Field,
  Int32,
  makeData,
  Null,
  type RecordBatch,
  Schema,
  TimeMicrosecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { readBatches, writeBatches } from '../../../src/data/open.js';
import { rowBatches } from '../../../src/data/rows/read.js';
import { plainRows } from '../../../src/data/rows/to-rows.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../data/support/directory.js';
import { runHere } from '../support/console.js';
import { here } from '../support/here.js';

const directory = useDirectory();
const rows = Array.from({ length: 60 }, (_, k) => k);
const steps = ['--steps', '2'];

async function writeText(extension: string, text: string): Promise<string> {
  const path = directory.fresh(extension);
  await writeFile(path, text);
  return path;
}

async function writeTable(batches: AsyncIterable<RecordBatch>): Promise<string> {
  const path = directory.fresh('arrow');
  await writeBatches(path, batches);
  return path;
}

async function train(input: string): Promise<string> {
  const model = directory.fresh('model');
  const { code, stderr } = await runHere(['train', input, '-o', model, ...here.train, ...steps]);
  if (code !== 0) throw new Error(stderr);
  return model;
}

function sampler(model: string) {
  return async (...where: string[]) => {
    const output = directory.fresh('arrow');
    const { code, stderr } = await runHere([
      'sample',
      model,
      '-n',
      '9',
      '-o',
      output,
      '--where',
      ...where,
    ]);
    return { code, stderr, rows: code === 0 ? await collect(plainRows(readBatches(output))) : [] };
  };
}

const augment = (input: string, output: string, ...more: string[]) =>
  runHere(['augment', input, '-o', output, '--ratio', '0.5', ...here.augment, ...steps, ...more]);

describe('a table of codes', () => {
  it('should give rows of the codes that it has, and refuse others with the closest', async () => {
    const lines = rows.map(
      (k) => `${k % 2 ? 10_001 : 10_003},${k % 3 ? 202_301 : 202_303},${k * 7}`,
    );
    const input = await writeText('csv', `zip,month,amount\n${lines.join('\n')}\n`);
    const sample = sampler(await train(input));

    const [zip, month, known] = [
      await sample('zip=10002'),
      await sample('month=202302'),
      await sample('zip=10001'),
    ];

    expect(zip).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/10002\. Did you mean '1000[13]'/),
    });
    expect(month).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/202302\. Did you mean '20230[13]'/),
    });
    expect(known.rows.map((row) => row.zip)).toEqual(Array(9).fill(10_001));
  });
});

describe('a table of decimals, times, dates and nulls', () => {
  it('should give and refuse what is asked for in the words of people', async () => {
    const count = rows.length;
    const fields = [
      new Field('price', new Decimal(2, 12, 128), true),
      new Field('t', new TimeMicrosecond(), true),
      new Field('d', new DateDay(), true),
      new Field('n', new Null(), true),
    ];
    const [price] = await collect(
      rowBatches(
        rows.map((k) => ({ price: `${40 + (k % 20)}.${10 + k}` })),
        { schema: new Schema(fields.slice(0, 1)) },
      ),
    );
    const columns = [
      price?.data.children[0],
      vectorFromArray(
        rows.map((k) => BigInt(k + 480) * 60_000_000n),
        new TimeMicrosecond(),
      ).data[0],
      vectorFromArray(
        rows.map((k) => new Date((18_262 + k) * 86_400_000)),
        new DateDay(),
      ).data[0],
      makeData({ type: new Null(), length: count }),
    ];
    const batch = makeBatch(new Schema(fields), columns as never, count);
    const sample = sampler(await train(await writeTable(asyncFrom([batch]))));

    const [decimal, time, day, nothing] = [
      await sample('price=50.25'),
      await sample('t=08:30:00'),
      await sample('d=2030-01-01'),
      await sample('n=x'),
    ];

    expect(decimal.rows.map((row) => row.price)).toEqual(Array(9).fill('50.25'));
    expect(time.rows.map((row) => row.t)).toEqual(Array(9).fill(30_600_000_000n));
    expect(day).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/2030-01-01\. It had 2020-\d\d-\d\d to 2020/),
    });
    expect(nothing).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/n.*: x\. The column holds nothing but nulls: say null/),
    });
  });
});

describe('a table with marks of missing values', () => {
  it('should learn the other values', async () => {
    const lines = rows.map((k) => (k % 4 ? `${20 + k},2024-01-${10 + (k % 20)}` : 'NA,NA'));
    const input = await writeText('csv', `age,visit\n${lines.join('\n')}\n`);
    const output = directory.fresh('arrow');

    const { code, stderr } = await augment(input, output, '--mark', 'made');

    expect(code).toBe(0);
    expect(stderr).not.toMatch(/not learned/);
    const made = (await collect(plainRows(readBatches(output)))).filter((row) => row.made);
    expect(made.some(({ age }) => age !== null)).toBe(true);
    expect(made.some(({ visit }) => visit !== null)).toBe(true);
  });
});

describe('a table with a column each of whose values is of few rows', () => {
  it('should say that synthetic rows do not get it, or be refused if that is wanted', async () => {
    const names = rows.map((k) => ({ x: k * 1.5, store: `store ${k >> 1}` }));
    const schema = new Schema([
      new Field('x', new Int32(), true),
      new Field('store', new Utf8(), true),
    ]);
    const whole = names.map(({ x, store }) => ({ x: Math.round(x), store }));
    const input = await writeTable(rowBatches(whole, { schema }));

    const told = await augment(input, directory.fresh('arrow'));
    const refused = await augment(input, directory.fresh('arrow'), '--unmodelled', 'refuse');

    expect(told.code).toBe(0);
    expect(told.stderr).toMatch(
      /column 'store' is not learned, and is null in synthetic rows: each of its values is of fewer than 5 rows/,
    );
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/column 'store' cannot be learned.*too few rows/);
  });
});
