import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  Bool,
  type DataType,
  DateDay,
  DateMillisecond,
  Dictionary,
  Field,
  Float64,
  Int8,
  Int32,
  Int64,
  type RecordBatch,
  Schema,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { readDatasetBatches } from '../../../src/data/dataset/read.js';
import {
  type WriteDatasetOptions,
  writeDatasetDirectory,
} from '../../../src/data/dataset/write.js';
import { parquetSummary } from '../../../src/data/parquet/summary.js';
import { DataError, FileError, InvalidOptionError, SchemaError } from '../../../src/errors.js';
import { eventually } from '../../support/eventually.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { useDuckDb } from '../support/duckdb.js';
import { endless, exampleBatch, exampleSchema, failing } from '../support/example.js';

const directory = useDirectory();
const duckdb = useDuckDb();

/** A batch of columns given as type and values. */
function batchOf(columns: Record<string, [DataType, unknown[]]>): RecordBatch {
  const entries = Object.entries(columns);
  const fields = entries.map(([name, [type]]) => new Field(name, type, true));
  const data = entries.map(([, [type, values]]) => vectorFromArray(values, type).data[0] as never);
  return makeBatch(new Schema(fields), data, entries[0]?.[1][1].length ?? 0);
}

const write = async (batches: readonly RecordBatch[], options?: WriteDatasetOptions) => {
  const path = directory.fresh('dataset');
  return writeDatasetDirectory(path, asyncFrom(batches), options);
};

const filesOf = async (path: string) => {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(path.length + 1)).sort();
};

const rowsOf = (batches: readonly RecordBatch[]) =>
  batches.flatMap((batch) => batch.toArray().map((row) => Object.values(row.toJSON()).map(String)));

const byFirst = (a: string[], b: string[]) => Number(a[0]) - Number(b[0]);

describe('writeDatasetDirectory', () => {
  it('should write what DuckDB and we read, each row once and in order', async () => {
    const values = fc.constantFrom(null, '', 'a', 'b c', 'x/y=z', 'é%41', "it's", '..', '*?', 'A');
    const row = fc.tuple(values, fc.option(fc.integer({ min: -3, max: 3 })));
    const cases = fc.tuple(
      fc.array(fc.array(row, { maxLength: 12 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 9 }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([parts, rowGroupRows]) => {
        const rows = parts.flat();
        let next = 0;
        const batches = parts.map((part) =>
          batchOf({
            id: [new Int32(), part.map(() => next++)],
            text: [new Utf8(), part.map(([text]) => text)],
            number: [new Int8(), part.map(([, number]) => number)],
          }),
        );

        const { path, ...summary } = await write(batches, {
          partitionBy: ['text', 'number'],
          rowGroupRows,
        });

        const types = { text: 'utf8', number: 'int64' } as const;
        const hasRows = rows.length > 0;
        const read = await collect(
          readDatasetBatches(path, hasRows ? { partitionTypes: types } : {}),
        );
        const expected = rows.map((each, id) => [id, ...each].map(String));
        const fileCount = (await filesOf(path)).length;
        expect(rowsOf(read).sort(byFirst)).toEqual(expected);
        expect(summary).toMatchObject({ rows: rows.length, files: fileCount });
        for (const batch of read) {
          const ids = [...(batch.getChild('id') ?? [])];
          expect(ids).toEqual([...ids].sort((a, b) => a - b));
        }
        if (!hasRows) return;
        const hive = `read_parquet('${path}/**/*.parquet', hive_partitioning = true, hive_types = {'text': varchar, 'number': bigint})`;
        const theirs = `select id::varchar, coalesce(text, 'null'), coalesce(number::varchar, 'null') from ${hive} order by id`;
        expect(await duckdb.rows(theirs)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('should name directories by the values of every type that can', async () => {
    const letters = new Dictionary(new Utf8(), new Int8());
    const columns: Record<string, [DataType, unknown[]]> = {
      text: [new Utf8(), ['a b', null]],
      letter: [letters, ['x', null]],
      flag: [new Bool(), [true, false]],
      day: [new DateDay(), [new Date('2026-01-31'), new Date('1969-12-31')]],
      big: [new Int64(), [2n ** 63n - 1n, -1n]],
    };
    const names = Object.keys(columns);

    const { path, files } = await write([batchOf({ id: [new Int32(), [0, 1]], ...columns })], {
      partitionBy: names,
    });

    expect(files).toBe(2);
    expect(await filesOf(path)).toEqual([
      'text=__HIVE_DEFAULT_PARTITION__/letter=__HIVE_DEFAULT_PARTITION__/flag=false/day=1969-12-31/big=-1/part-0.parquet',
      'text=a%20b/letter=x/flag=true/day=2026-01-31/big=9223372036854775807/part-0.parquet',
    ]);
  });

  it('should name rows of a slice right', async () => {
    const batch = batchOf({
      id: [new Int32(), [0, 1, 2, 3]],
      flag: [new Bool(), [true, true, false, null]],
    });

    const { path } = await write([batch.slice(1, 4)], { partitionBy: ['flag'] });

    const read = rowsOf(await collect(readDatasetBatches(path)));
    expect(read.sort(byFirst)).toEqual([
      ['1', 'true'],
      ['2', 'false'],
      ['3', 'null'],
    ]);
  });

  it('should write one file where there are no partitions, with row groups as told', async () => {
    const { path } = await write([exampleBatch(0, 25), exampleBatch(25, 10)], {
      rowGroupRows: 10,
      compression: 'gzip',
      metadata: { a: 'b' },
    });

    expect(await filesOf(path)).toEqual(['part-0.parquet']);
    expect(await parquetSummary(join(path, 'part-0.parquet'))).toMatchObject({
      rows: 35,
      rowGroups: [{ rows: 10 }, { rows: 10 }, { rows: 10 }, { rows: 5 }],
      codecs: ['GZIP'],
      metadata: { origin: 'test', a: 'b' },
    });
  });

  it('should keep all columns where there are no rows', async () => {
    const { path, files } = await write([exampleBatch(0, 0)], { partitionBy: ['name'] });

    const [batch] = await collect(readDatasetBatches(path));
    expect([files, batch?.numRows]).toEqual([1, 0]);
    expect(String(batch?.schema)).toBe(String(exampleSchema));
  });

  it('should gather row groups of full length over many batches', async () => {
    const batches = Array.from({ length: 20 }, (_, k) =>
      batchOf({
        id: [new Int32(), [2 * k, 2 * k + 1]],
        side: [new Utf8(), ['left', 'right']],
      }),
    );

    const { path } = await write(batches, { partitionBy: ['side'], rowGroupRows: 8 });

    for (const side of ['left', 'right']) {
      const { rowGroups } = await parquetSummary(join(path, `side=${side}`, 'part-0.parquet'));
      expect(rowGroups.map(({ rows }) => rows)).toEqual([8, 8, 4]);
    }
  });

  it.each([
    [
      { partitionBy: 'name' },
      InvalidOptionError,
      "partitionBy must be an array of names of columns: 'name'",
    ],
    [{ partitionBy: ['id', 'id'] }, InvalidOptionError, 'must list different columns'],
    [{ partitionBy: [''] }, InvalidOptionError, 'partitionBy[0] must be the name of a column'],
    [{ maxPartitions: 0 }, InvalidOptionError, 'maxPartitions must be a positive whole number: 0'],
    [{ compression: 'zip' }, InvalidOptionError, 'compression must be one of'],
    [
      { partitionBy: ['age'] },
      SchemaError,
      "column is not in the data: 'age'. Its columns are id, name",
    ],
    [{ partitionBy: ['id', 'name'] }, SchemaError, 'no column is left'],
    [{ partitionBy: ['id'], maxPartitions: 3 }, DataError, 'more than 3 partitions'],
  ])('should refuse %j, and leave nothing behind', async (options, kind, problem) => {
    const before = await directory.list();

    const writing = write([exampleBatch(0, 5)], options as never);

    await expect(writing).rejects.toThrow(kind);
    await expect(writing).rejects.toThrow(problem);
    expect(await directory.list()).toEqual(before);
  });

  it.each([
    [
      'a float',
      new Float64(),
      [1.5],
      SchemaError,
      "column 'key' cannot partition a dataset: float64",
    ],
    [
      'a moment',
      new DateMillisecond(),
      [new Date(5)],
      SchemaError,
      'cannot partition a dataset: date64',
    ],
    ['a date far off', new DateDay(), [new Date(8e15)], DataError, 'cannot name a directory: day'],
    [
      'the text for null',
      new Utf8(),
      ['__HIVE_DEFAULT_PARTITION__'],
      DataError,
      'what stands for null',
    ],
    ['long text', new Utf8(), ['x'.repeat(300)], DataError, 'more than 255 bytes'],
  ] as const)('should refuse to partition by %s', async (_, type, values, kind, problem) => {
    const batch = batchOf({ id: [new Int32(), [1]], key: [type, [...values]] });
    const before = await directory.list();

    const writing = write([batch], { partitionBy: ['key'] });

    await expect(writing).rejects.toThrow(kind);
    await expect(writing).rejects.toThrow(problem);
    expect(await directory.list()).toEqual(before);
  });

  it('should write into an empty directory, and refuse any other before it reads', async () => {
    const [empty, full, file] = [0, 1, 2].map(() => directory.fresh('d')) as [
      string,
      string,
      string,
    ];
    await mkdir(empty);
    await mkdir(full);
    await writeFile(join(full, 'notes'), '');
    await writeFile(file, '');
    const { state, batches } = endless();

    const summary = await writeDatasetDirectory(`${empty}/`, asyncFrom([exampleBatch(0, 2)]));

    expect([summary.rows, await filesOf(empty)]).toEqual([2, ['part-0.parquet']]);
    for (const path of [full, file, join(full, 'missing', 'x')]) {
      await expect(writeDatasetDirectory(path, batches)).rejects.toThrow(FileError);
    }
    expect([state.closed, await filesOf(full)]).toEqual([false, ['notes']]);
  });

  it('should leave nothing behind when the source fails, wherever', async () => {
    const reason = new Error('enough');
    for (let count = 0; count < 4; count++) {
      const before = await directory.list();
      const batches = Array.from({ length: count }, (_, k) => exampleBatch(10 * k, 10));

      const writing = writeDatasetDirectory(directory.fresh('d'), failing(batches, reason), {
        partitionBy: ['name'],
        rowGroupRows: 3,
      });

      await expect(writing).rejects.toBe(reason);
      expect(await directory.list()).toEqual(before);
    }
  });

  it('should stop, close its source and leave nothing behind when it is aborted', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const { state, batches } = endless();
    const before = await directory.list();

    const writing = writeDatasetDirectory(directory.fresh('d'), batches, {
      signal: controller.signal,
    });
    await eventually(async () => expect(await directory.list()).not.toEqual(before));
    setTimeout(() => controller.abort(reason), 20);

    await expect(writing).rejects.toBe(reason);
    expect([state.closed, await directory.list()]).toEqual([true, before]);
  });
});
