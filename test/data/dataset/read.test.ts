import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Bool, type Data, Field, makeData, type RecordBatch, Schema } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { type ReadDatasetOptions, readDatasetBatches } from '../../../src/data/dataset/read.js';
import { writeBatches } from '../../../src/data/open.js';
import { describeField } from '../../../src/data/schema/describe.js';
import { FileError, FormatError, InvalidOptionError, SchemaError } from '../../../src/errors.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { useDuckDb } from '../support/duckdb.js';
import { exampleBatch, exampleSchema } from '../support/example.js';

const directory = useDirectory();
const duckdb = useDuckDb();

/** A directory with these files, each of one batch. */
async function write(files: Record<string, RecordBatch>): Promise<string> {
  const root = directory.fresh('dataset');
  for (const [name, batch] of Object.entries(files)) {
    const path = join(root, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeBatches(path, asyncFrom([batch]));
  }
  return root;
}

const read = (source: string | string[], options?: ReadDatasetOptions) =>
  collect(readDatasetBatches(source, options));

/** Rows as plain values, bigints as text. */
const rowsOf = (batches: readonly RecordBatch[]) =>
  batches.flatMap((batch) =>
    batch
      .toArray()
      .map((row) =>
        Object.values(row.toJSON()).map((value) =>
          typeof value === 'bigint' ? `${value}n` : value,
        ),
      ),
  );

const columnsOf = ([batch]: readonly RecordBatch[]) => batch?.schema.fields.map(describeField);

describe('readDatasetBatches', () => {
  it('should read what DuckDB writes in partitions as DuckDB does', async () => {
    const root = directory.fresh('hive');
    await duckdb.run(
      `copy (select i, 'w' || i as word, 2020 + i % 3 as year, case when i % 4 = 0 then null else 'a/b ' || (i % 2) || '=é%' end as part_of
       from range(100) t(i)) to '${root}' (format parquet, partition_by (year, part_of))`,
    );

    const batches = await read(root);

    const sql = `select i::varchar || 'n', word, year::varchar || 'n', part_of from read_parquet('${root}/**/*.parquet', hive_partitioning = true) order by i`;
    const rows = rowsOf(batches).sort(
      (a, b) => Number.parseInt(String(a[0]), 10) - Number.parseInt(String(b[0]), 10),
    );
    expect(rows).toEqual(await duckdb.rows(sql));
    expect(columnsOf(batches)).toEqual(['i: int64', 'word: utf8', 'year: int64', 'part_of: utf8']);
  });

  it('should give all batches one schema object, and keep the metadata of the first file', async () => {
    const root = await write({
      'k=1/a.parquet': exampleBatch(0, 2),
      'k=2/a.arrow': exampleBatch(2, 2),
      'k=2/b.arrows': exampleBatch(4, 1),
    });

    const batches = await read(root);

    const { schema } = batches[0] as RecordBatch;
    expect(batches.every((batch) => batch.schema === schema)).toBe(true);
    expect(schema.metadata).toEqual(exampleSchema.metadata);
    expect(columnsOf(batches)).toEqual(['id: int32 not null', 'name: utf8', 'k: int64']);
    expect(rowsOf(batches)).toEqual([
      [0, null, '1n'],
      [1, 'name 1', '1n'],
      [2, 'name 2', '2n'],
      [3, null, '2n'],
      [4, 'name 4', '2n'],
    ]);
  });

  it.each([
    [['1', '20', '-3'], 'int64', ['1n', '20n', '-3n']],
    [['02134', '10001'], 'utf8', ['02134', '10001']],
    [['+5', '-0'], 'utf8', ['+5', '-0']],
    [['1', '__HIVE_DEFAULT_PARTITION__'], 'int64', ['1n', null]],
    [['1', 'x'], 'utf8', ['1', 'x']],
    [['1', ''], 'utf8', ['1', '']],
    [['1', '1.5'], 'utf8', ['1', '1.5']],
    [
      ['9223372036854775807', '-9223372036854775808'],
      'int64',
      ['9223372036854775807n', '-9223372036854775808n'],
    ],
    [['9223372036854775808'], 'utf8', ['9223372036854775808']],
    [['__HIVE_DEFAULT_PARTITION__'], 'utf8', [null]],
    [['100%25', '%C3%A9%2F'], 'utf8', ['100%', 'é/']],
  ])('should read partitions %j as %s, all alike', async (values, type, expected) => {
    const files = values.map((value, k) => [`k=${value}/a.parquet`, exampleBatch(k, 1)] as const);
    const root = await write(Object.fromEntries(files));

    const batches = await read(
      values.map((value) => join(root, `k=${value}`, 'a.parquet')),
      { columns: ['k'] },
    );

    expect(columnsOf(batches)).toEqual([`k: ${type}`]);
    expect(rowsOf(batches)).toEqual(expected.map((value) => [value]));
  });

  it('should read partitions as it is told, or not at all', async () => {
    const root = await write({ 'zip=01/a.parquet': exampleBatch(0, 1) });

    const asText = await read(root, { partitionTypes: { zip: 'utf8' } });
    const none = await read(root, { partitioning: 'none' });

    expect(rowsOf(asText)).toEqual([[0, null, '01']]);
    expect(rowsOf(none)).toEqual([[0, null]]);
  });

  it('should leave a column alone that the files have themselves', async () => {
    const root = await write({ 'id=7/a.parquet': exampleBatch(0, 2) });

    const batches = await read(root);

    expect(rowsOf(batches)).toEqual([
      [0, null],
      [1, 'name 1'],
    ]);
  });

  it.each([
    [['name'], [[null], ['name 1']]],
    [
      ['k', 'name'],
      [
        [null, '5n'],
        ['name 1', '5n'],
      ],
    ],
    [['k'], [['5n'], ['5n']]],
  ])('should read the columns %j', async (columns, expected) => {
    for (const extension of ['parquet', 'arrow']) {
      const root = await write({ [`k=5/a.${extension}`]: exampleBatch(0, 2) });

      expect(rowsOf(await read(root, { columns }))).toEqual(expected);
    }
  });

  it('should give one batch without rows where there are none', async () => {
    const root = await write({
      'k=1/a.parquet': exampleBatch(0, 0),
      'k=2/a.parquet': exampleBatch(0, 0),
    });

    const batches = await read(root);

    expect(batches.map(({ numRows }) => numRows)).toEqual([0]);
    expect(columnsOf(batches)).toEqual(['id: int32 not null', 'name: utf8', 'k: int64']);
  });

  it.each(['parquet', 'arrow'])(
    'should name the .%s file and the column that differ',
    async (extension) => {
      const other = new Schema([new Field('id', new Bool(), false)]);
      const ids = makeData({ type: new Bool(), length: 1, data: Uint8Array.of(1) });
      const root = await write({
        [`a.${extension}`]: exampleBatch(0, 1),
        [`b.${extension}`]: makeBatch(other, [ids], 1),
      });

      const reading = read(root);

      await expect(reading).rejects.toThrow(SchemaError);
      await expect(reading).rejects.toThrow(
        `${join(root, `b.${extension}`)} has another schema than before: column 'id' was (id: int32 not null), is (id: bool not null)`,
      );
    },
  );

  it('should refuse Parquet files that differ before it reads a row', async () => {
    const { schema, data } = exampleBatch(0, 1);
    const [, name] = schema.fields;
    const root = await write({
      'a.parquet': exampleBatch(0, 1),
      'b.parquet': makeBatch(new Schema([name as Field]), [data.children[1] as Data], 1),
    });

    const batches = readDatasetBatches(root);

    await expect(batches.next()).rejects.toThrow(
      /b\.parquet.*column 'id' is missing, and allows no null/,
    );
  });

  it('should refuse files in other partitions', async () => {
    const root = await write({
      'k=1/a.parquet': exampleBatch(0, 1),
      'm=1/b.parquet': exampleBatch(0, 1),
    });

    const reading = read(root);

    await expect(reading).rejects.toThrow(SchemaError);
    await expect(reading).rejects.toThrow(/other partitions: \S+m=1\S+ in \(m\), \S+ in \(k\)/);
  });

  it.each([
    [
      { columns: ['age'] },
      SchemaError,
      "column is not in the dataset: 'age'. Its columns are id, name, k",
    ],
    [
      { partitioning: 'drill' },
      InvalidOptionError,
      "partitioning must be 'hive' or 'none': 'drill' (a string)",
    ],
    [{ partitionTypes: { x: 'utf8' } }, InvalidOptionError, "names no partition: 'x'. There are k"],
    [
      { partitionTypes: { k: 'float' } },
      InvalidOptionError,
      "partitionTypes.k must be 'int64' or 'utf8': 'float' (a string)",
    ],
    [
      { partitionTypes: { k: 'int64' } },
      InvalidOptionError,
      "partition 'k' is not of type int64: 'x'",
    ],
  ])('should refuse %j', async (options, kind, problem) => {
    const root = await write({ 'k=x/a.parquet': exampleBatch(0, 1) });

    const reading = read(root, options as never);

    await expect(reading).rejects.toThrow(kind);
    await expect(reading).rejects.toThrow(problem);
  });

  it('should refuse what is no data, and name it', async () => {
    const root = await write({ 'a.parquet': exampleBatch(0, 1) });
    await writeFile(join(root, 'notes.txt'), 'some notes');

    await expect(read(root)).rejects.toThrow(FormatError);
    await expect(read(root)).rejects.toThrow(/notes\.txt/);
    await expect(read(join(root, 'missing'))).rejects.toThrow(FileError);
  });

  it('should open nothing before it is asked, and stop when it is aborted', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const root = await write({
      'a.parquet': exampleBatch(0, 1),
      'b.parquet': exampleBatch(1, 1),
    });
    readDatasetBatches('/does/not/exist');
    const batches = readDatasetBatches(root, { signal: controller.signal });

    const { value } = await batches.next();
    controller.abort(reason);

    expect(value?.numRows).toBe(1);
    await expect(batches.next()).rejects.toBe(reason);
  });
});
