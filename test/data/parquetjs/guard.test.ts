import { stat } from 'node:fs/promises';
import {
  Bool,
  type DataType,
  DateDay,
  Field,
  Float32,
  Float64,
  Int32,
  Int64,
  makeData,
  type RecordBatch,
  Schema,
  Utf8,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { emptyBatch } from '../../../src/data/batches/interleave.js';
import { flatTypes } from '../../../src/data/parquetjs/kinds.js';
import { readParquetJsBatches } from '../../../src/data/parquetjs/read.js';
import { writeParquetJsFile } from '../../../src/data/parquetjs/write.js';
import { describeType } from '../../../src/data/schema/describe.js';
import { DataError, InvalidOptionError, SchemaError } from '../../../src/errors.js';
import {
  arrowOnlyTypes,
  dictionaryTypes,
  fixedTypes,
  variableTypes,
} from '../../../src/testing/types.js';
import { caseCount } from '../../support/cases.js';
import { allTypes, arbitraryBatches, asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { expectSameBatches } from '../support/same-batches.js';
import { oneColumn } from './arbitrary-flat.js';

const directory = useDirectory();
const refusedTypes = [
  ...fixedTypes,
  ...variableTypes,
  ...arrowOnlyTypes,
  ...dictionaryTypes.map((make) => make()),
].filter((type) => !Object.hasOwn(flatTypes, describeType(type)));

describe('writeParquetJsFile', () => {
  it.each(refusedTypes.map((type): [string, DataType] => [describeType(type), type]))(
    'should refuse a column of %s and name it',
    async (_, type) => {
      const path = directory.fresh('parquet');

      const writing = writeParquetJsFile(path, asyncFrom([emptyBatch(oneColumn(type).schema)]));

      await expect(writing).rejects.toThrow(SchemaError);
      await expect(writing).rejects.toThrow(/column 'x' .*use writeParquet\.$/);
      await expect(stat(path)).rejects.toThrow(/ENOENT/);
    },
  );

  it.each(['a,b', '0', '42', '4294967296', '__proto__', '\ufeffmark', '\ud800'])(
    'should refuse a column named %j',
    async (name) => {
      const path = directory.fresh('parquet');

      const writing = writeParquetJsFile(path, asyncFrom([oneColumn(new Int32(), [], name)]));

      await expect(writing).rejects.toThrow(/column name cannot be kept/);
      await expect(stat(path)).rejects.toThrow(/ENOENT/);
    },
  );

  it('should refuse two columns of one name, and no columns', async () => {
    const field = new Field('x', new Int32(), true);
    const twice = emptyBatch(new Schema([field, field]));

    const none = makeBatch(new Schema([]), [], 3);
    const write = (batch: RecordBatch) =>
      writeParquetJsFile(directory.fresh('parquet'), asyncFrom([batch]));

    await expect(write(twice)).rejects.toThrow(/'x' \(two columns have it\)/);
    await expect(write(none)).rejects.toThrow(/without columns/);
  });

  it.each([
    ['9007199254740992', new Int64(), BigInt64Array.of(0n, 2n ** 53n)],
    ['-9007199254740993', new Int64(), BigInt64Array.of(0n, -(2n ** 53n) - 1n)],
    ['NaN', new Float64(), Float64Array.of(0, NaN)],
    ['-Infinity', new Float32(), Float32Array.of(0, -Infinity)],
    ['100000001', new DateDay(), Int32Array.of(0, 100_000_001)],
    ['-100000001', new DateDay(), Int32Array.of(0, -100_000_001)],
  ])('should refuse the value %s, and leave no file', async (text, type, data) => {
    const path = directory.fresh('parquet');
    const good = oneColumn(type, data.slice(0, 1));

    const writing = writeParquetJsFile(path, asyncFrom([good, oneColumn(type, data)]), {
      rowGroupRows: 1,
    });

    await expect(writing).rejects.toThrow(DataError);
    await expect(writing).rejects.toThrow(`${text} in column 'x', row 2 (`);
    await expect(stat(path)).rejects.toThrow(/ENOENT/);
  });

  it('should refuse text that is not UTF-8', async () => {
    const type = new Utf8();
    const valueOffsets = Int32Array.of(0, 2);
    const column = makeData({ type, valueOffsets, data: Uint8Array.of(0xc3, 0x28) });
    const batch = makeBatch(oneColumn(type).schema, [column], 1);

    const writing = writeParquetJsFile(directory.fresh('parquet'), asyncFrom([batch]));

    await expect(writing).rejects.toThrow(/0xc328 in column 'x', row 0 \(the text is not UTF-8\)/);
  });

  it('should refuse a null where the column allows none', async () => {
    const type = new Bool();
    const column = makeData({
      type,
      length: 2,
      nullCount: 1,
      nullBitmap: Uint8Array.of(1),
      data: Uint8Array.of(3),
    });
    const batch = makeBatch(new Schema([new Field('x', type, false)]), [column], 2);

    const writing = writeParquetJsFile(directory.fresh('parquet'), asyncFrom([batch]));

    await expect(writing).rejects.toThrow(
      /null in column 'x', row 1 \(the column allows no null\)/,
    );
  });

  it('should refuse, or give back bit for bit, batches of any type', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryBatches(allTypes, { maxColumns: 2 }), async (batches) => {
        const path = directory.fresh('parquet');

        const written = await writeParquetJsFile(path, asyncFrom(batches)).catch((error) => error);

        if (written instanceof SchemaError || written instanceof DataError) {
          await expect(stat(path)).rejects.toThrow(/ENOENT/);
        } else {
          expectSameBatches(await collect(readParquetJsBatches(path)), batches);
        }
      }),
      { numRuns: caseCount(75, 300) },
    );
  });

  it('should refuse options that it does not know', async () => {
    const path = directory.fresh('parquet');
    const write = (options: object) =>
      writeParquetJsFile(path, asyncFrom([oneColumn(new Int32())]), options);

    await expect(write({ compression: 'zstd' })).rejects.toThrow(InvalidOptionError);
    await expect(write({ rowGroupRows: 0 })).rejects.toThrow(
      /rowGroupRows must be a positive whole number: 0 \(a number\)/,
    );
  });
});
