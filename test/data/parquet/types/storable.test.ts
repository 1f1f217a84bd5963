import { stat } from 'node:fs/promises';
import { DataType, Field, Schema, Utf8 } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../../src/data/batches/batch.js';
import { emptyBatch } from '../../../../src/data/batches/interleave.js';
import { readParquetBatches } from '../../../../src/data/parquet/read.js';
import { writeParquetFile } from '../../../../src/data/parquet/write.js';
import { describeType } from '../../../../src/data/schema/describe.js';
import { SchemaError } from '../../../../src/errors.js';
import {
  arrowOnlyDictionaryTypes,
  arrowOnlyTypes,
  viewTypes,
} from '../../../../src/testing/types.js';
import { caseCount } from '../../../support/cases.js';
import { arbitraryBatches, asyncFrom, collect } from '../../support/arbitrary-batches.js';
import { useDirectory } from '../../support/directory.js';
import { exactRows } from '../../support/exact.js';

const directory = useDirectory();
// Of intervals some values can be stored.
const refused = [
  ...arrowOnlyTypes.filter((type) => !DataType.isInterval(type)),
  ...arrowOnlyDictionaryTypes.map((make) => make()),
];

describe('writeParquetFile', () => {
  it.each(refused.map((type): [string, DataType] => [describeType(type), type]))(
    'should refuse %s and name the column, before any row is there',
    async (_, type) => {
      const path = directory.fresh('parquet');
      const fields = [new Field('id', new Utf8()), new Field('odd', type, true)];

      const writing = writeParquetFile(path, asyncFrom([emptyBatch(new Schema(fields))]));

      await expect(writing).rejects.toThrow(SchemaError);
      await expect(writing).rejects.toThrow(/column 'odd(\.\w+)*' cannot be written as Parquet/);
      await expect(stat(path)).rejects.toThrow(/ENOENT/);
    },
  );

  it('should store views of text and binary as plain ones, bit for bit', async () => {
    const types = fc.constantFrom(...viewTypes).map((make) => make());
    await fc.assert(
      fc.asyncProperty(arbitraryBatches(types, { minColumns: 1 }), async (batches) => {
        const path = directory.fresh('parquet');

        await writeParquetFile(path, asyncFrom(batches), { rowGroupRows: 7 });
        const read = await collect(readParquetBatches(path));

        expect(exactRows(read)).toEqual(exactRows(batches));
        expect(read[0]?.schema.fields.map(({ type }) => describeType(type))).toEqual(
          batches[0]?.schema.fields.map(({ type }) => describeType(type).replace('_view', '')),
        );
      }),
      { numRuns: caseCount(15, 60) },
    );
  });

  it('should refuse rows without columns, which it would lose', async () => {
    const writing = writeParquetFile(
      directory.fresh('parquet'),
      asyncFrom([makeBatch(new Schema([]), [], 5)]),
    );

    await expect(writing).rejects.toThrow(/rows without columns: .* 5 rows/);
  });
});
