import { writeFile } from 'node:fs/promises';
import {
  type DataType,
  Decimal,
  Dictionary,
  Field,
  Float64,
  Int8,
  Int16,
  LargeUtf8,
  Schema,
  Timestamp,
  TimestampMillisecond,
  TimestampNanosecond,
  TimeUnit,
  Utf8,
  Utf8View,
} from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { readBatches, writeBatches } from '../../../src/data/open.js';
import { rowBatches } from '../../../src/data/rows/read.js';
import { checkAugmented } from '../../../src/testing/check-augmented.js';
import { collect } from '../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../data/support/directory.js';
import { runHere } from '../support/console.js';

const directory = useDirectory();
const rows = Array.from({ length: 80 }, (_, k) => ({
  age: 20 + (k % 40),
  city: ['Rome', 'Oslo', 'Lima', 'a city with a long name'][k % 4],
  price: ((k % 13) * 1.25).toFixed(2),
  at: new Date(Date.UTC(2024, 2, 1 + (k % 20), k % 24)),
}));
let model: string;

beforeAll(async () => {
  const csv = directory.fresh('csv');
  const lines = rows.map((row) => `${row.age},${row.city},${row.price},${row.at.toISOString()}`);
  await writeFile(csv, `age,city,price,at\n${lines.join('\n')}\n`);
  model = directory.fresh('model');
  const { code, stderr } = await runHere(['train', csv, '-o', model, '--recipe', 'bootstrap']);
  if (code !== 0) throw new Error(stderr);
});

type Types = readonly [age: DataType, city: DataType, price: DataType, at: DataType];

async function writeForm(extension: string, types: Types, given: readonly object[] = rows) {
  const names = ['age', 'city', 'price', 'at'];
  const fields = types.map((type, k) => new Field(names[k] as string, type, true));
  const path = directory.fresh(extension);
  await writeBatches(path, rowBatches(given, { schema: new Schema(fields.reverse()) }));
  return path;
}

const augment = (input: string, output: string) =>
  runHere([
    'augment',
    input,
    '-o',
    output,
    '--ratio',
    '0.5',
    '--model',
    model,
    '--mark',
    'synthetic',
  ]);

describe('augment with a model of a CSV file', () => {
  it.each<[string, string, Types]>([
    [
      'Polars',
      'arrow',
      [new Int8(), new Utf8View(), new Decimal(2, 38, 128), new TimestampMillisecond('UTC')],
    ],
    [
      'pandas',
      'parquet',
      [new Float64(), new LargeUtf8(), new Float64(), new TimestampNanosecond('UTC')],
    ],
    [
      'Spark',
      'parquet',
      [
        new Int16(),
        new Utf8(),
        new Decimal(2, 10, 128),
        new Timestamp(TimeUnit.MICROSECOND, 'UTC'),
      ],
    ],
    [
      'R',
      'arrows',
      [
        new Int16(),
        new Dictionary(new Utf8(), new Int8()),
        new Float64(),
        new Timestamp(TimeUnit.SECOND, 'Europe/Zurich'),
      ],
    ],
  ])('should augment the table as %s has it, in its own types', async (_, extension, types) => {
    const [input, output] = [await writeForm(extension, types), directory.fresh(extension)];

    const { code, stderr } = await augment(input, output);

    expect(stderr).not.toMatch(/error/i);
    expect(code).toBe(0);
    const real = await collect(readBatches(input));
    const mixed = await collect(readBatches(output));
    checkAugmented(real, mixed, { ratio: 0.5, mark: 'synthetic' });
  });

  it('should let rows pass that are null where the model knows no null', async () => {
    const types: Types = [new Int8(), new Utf8(), new Float64(), new TimestampMillisecond('UTC')];
    const given = rows.map((row, k) => (k % 3 ? row : { at: row.at }));
    const [input, output] = [await writeForm('parquet', types, given), directory.fresh('parquet')];

    const { code } = await augment(input, output);

    expect(code).toBe(0);
    const mixed = await collect(readBatches(output));
    checkAugmented(await collect(readBatches(input)), mixed, { ratio: 0.5, mark: 'synthetic' });
  });

  it('should name the column that does not go with the model', async () => {
    const local: Types = [new Int8(), new Utf8(), new Float64(), new TimestampMillisecond()];
    const parts: Types = [
      new Float64(),
      new Utf8(),
      new Float64(),
      new TimestampMillisecond('UTC'),
    ];
    const given = rows.map((row) => ({ ...row, age: row.age + 0.5 }));
    const inputs = [await writeForm('arrow', local), await writeForm('arrow', parts, given)];

    const results = [];
    for (const input of inputs) results.push(await augment(input, directory.fresh('arrow')));

    expect(results.map(({ code }) => code)).toEqual([2, 2]);
    expect(results[0]?.stderr).toMatch(/column 'at' was .*, is \(at: timestamp\[ms\]\)/);
    expect(results[1]?.stderr).toMatch(
      /column 'age' does not go with the model: 20\.5 is no int64/,
    );
  });
});
