import { Field, Int64, Schema, Utf8 } from 'apache-arrow';
import fc from 'fast-check';
import { ParquetReader, ParquetSchema, ParquetWriter } from 'parquetjs-lite';
import { describe, expect, it } from 'vitest';
import { concatenateBatches } from '../../../src/data/batches/interleave.js';
import { parquetJsFields } from '../../../src/data/parquetjs/fields.js';
import { batchesFromRows } from '../../../src/data/parquetjs/from-rows.js';
import { readParquetJsBatches } from '../../../src/data/parquetjs/read.js';
import { schemaOfParquetJs } from '../../../src/data/parquetjs/schema.js';
import { appendBatches, rowsFromBatches } from '../../../src/data/parquetjs/to-rows.js';
import { DataError, SchemaError } from '../../../src/errors.js';
import { caseCount } from '../../support/cases.js';
import { collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { exactRows } from '../support/exact.js';
import { exampleBatch, exampleSchema } from '../support/example.js';
import { sameSchema } from '../support/same-schema.js';
import { arbitraryFlatBatches, oneColumn } from './arbitrary-flat.js';

const directory = useDirectory();
const idAndName = new Schema([
  new Field('id', new Int64(), false),
  new Field('name', new Utf8(), true),
]);

describe('rowsFromBatches', () => {
  it('should give rows that become the same batches again, bit for bit', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryFlatBatches(),
        fc.integer({ min: 1, max: 30 }),
        async (all, size) => {
          const schema = all[0]?.schema as Schema;

          const rows = await collect(rowsFromBatches(all));
          const batches = await collect(batchesFromRows(rows, schema, { batchRows: size }));

          expect(exactRows(batches)).toEqual(exactRows(all));
          expect(batches.every((batch) => batch.schema === schema)).toBe(true);
          expect(batches.slice(0, -1).every((batch) => batch.numRows === size)).toBe(true);
        },
      ),
      { numRuns: caseCount(25, 100) },
    );
  });

  it('should give what the readers of parquetjs-lite give, and leave out nulls', async () => {
    const rows = await collect(rowsFromBatches([exampleBatch(0, 2)]));

    expect(rows.map((row) => ({ ...row }))).toEqual([{ id: 0 }, { id: 1, name: 'name 1' }]);
    expect(Object.getPrototypeOf(rows[0])).toBe(null);
  });

  it('should refuse what parquetjs-lite does not keep', async () => {
    const batch = oneColumn(new Int64(), BigInt64Array.of(2n ** 60n));

    await expect(collect(rowsFromBatches([batch]))).rejects.toThrow(DataError);
  });
});

describe('appendBatches', () => {
  it('should write by a writer of parquetjs-lite what its reader reads equally', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFlatBatches(), async (all) => {
        const path = directory.fresh('parquet');
        const schema = all[0]?.schema as Schema;
        const writer = await ParquetWriter.openFile(
          new ParquetSchema(parquetJsFields(schema)),
          path,
          { pageIndex: false },
        );

        const rows = await appendBatches(writer, all);
        await writer.close();

        const reader = await ParquetReader.openFile(path);
        const cursor = reader.getCursor();
        const read = await collect(batchesFromRows(cursor, reader.getSchema()));
        await reader.close();
        expect(rows).toBe(concatenateBatches(schema, all).numRows);
        expect(exactRows(read)).toEqual(exactRows(all));
        expect(sameSchema(schema, (read[0] as never as { schema: Schema }).schema)).toBe(true);
        expect(exactRows(await collect(readParquetJsBatches(path)))).toEqual(exactRows(all));
      }),
      { numRuns: caseCount(15, 60) },
    );
  });

  it('should take a writer with statistics', async () => {
    const path = directory.fresh('parquet');
    const schema = new ParquetSchema({
      id: { type: 'INT32' },
      name: { type: 'UTF8', optional: true },
    });
    const writer = await ParquetWriter.openFile(schema, path);

    await appendBatches(writer, [exampleBatch(0, 9), exampleBatch(9, 3)]);
    await writer.close();

    const read = await collect(readParquetJsBatches(path));
    expect(exactRows(read)).toEqual(exactRows([exampleBatch(0, 12)]));
  });

  it('should refuse a writer with other columns, before any row', async () => {
    const appended: object[] = [];
    const schema = new ParquetSchema({ id: { type: 'INT32' }, name: { type: 'UTF8' } });
    const appendRow = async (row: object) => {
      appended.push(row);
    };

    const appending = appendBatches({ schema, appendRow }, [exampleBatch(0, 3)]);

    await expect(appending).rejects.toThrow(SchemaError);
    await expect(appending).rejects.toThrow(/\(id: int32 not null, name: utf8 not null\), not/);
    expect(appended).toEqual([]);
  });

  it('should make Errors of the strings that the writer throws', async () => {
    const writer = await ParquetWriter.openFile(
      new ParquetSchema(parquetJsFields(exampleSchema)),
      directory.fresh('parquet'),
    );
    await writer.close();

    const appending = appendBatches(writer, [exampleBatch(0, 1)]);

    await expect(appending).rejects.toThrow(new Error('writer was closed'));
  });
});

describe('batchesFromRows', () => {
  it('should take iterables, and numbers for int64; null and undefined are null', async () => {
    const rows = [
      { id: 1, name: 'a' },
      { id: 2n, name: null },
      { id: 3, name: undefined },
      { id: 4 },
    ];

    const batches = await collect(batchesFromRows(rows, idAndName));

    expect(batches[0]?.toArray().map((row) => row.toJSON())).toEqual([
      { id: 1n, name: 'a' },
      { id: 2n, name: null },
      { id: 3n, name: null },
      { id: 4n, name: null },
    ]);
  });

  it('should give one batch without rows for no rows', async () => {
    const batches = await collect(batchesFromRows([], idAndName));

    expect(batches.map(({ numRows, schema }) => [numRows, schema])).toEqual([[0, idAndName]]);
  });

  it.each([
    [{ id: 1.5 }, /column 'id': 1.5 in row 1 \(the column is int64 and allows no null\)/],
    [{ id: 2 ** 53 }, /column 'id': 9007199254740992/],
    [{ id: 2n ** 63n }, /column 'id': 9223372036854775808n/],
    [{ id: '7' }, /column 'id': '7'/],
    [{ name: 'a' }, /column 'id': null/],
    [{ id: 1, name: 7 }, /column 'name': 7 .*the column is utf8\)/],
    [{ id: 1, name: 'a\ud800' }, /column 'name'/],
    [{ id: 1, name: Object.create(null) }, /column 'name'/],
    [{ id: 1, nome: 'a' }, /row 1 has a value without a column: 'nome'/],
    [Object.create({ id: 1 }), /column 'id': null/],
  ])('should refuse the row %o', async (row, message) => {
    const reading = collect(batchesFromRows([{ id: 0 }, row], idAndName));

    await expect(reading).rejects.toThrow(DataError);
    await expect(reading).rejects.toThrow(message);
  });
});

describe('schemaOfParquetJs', () => {
  it('should give the columns that parquetJsFields was given', () => {
    const schema = schemaOfParquetJs(new ParquetSchema(parquetJsFields(exampleSchema)));

    expect(sameSchema(schema, exampleSchema)).toBe(true);
  });

  it.each([
    ['REPEATED INT32', { type: 'INT32', repeated: true }],
    ['REQUIRED TIMESTAMP_MILLIS', { type: 'TIMESTAMP_MILLIS' }],
    ['REQUIRED INT_8', { type: 'INT_8' }],
    ['OPTIONAL nested', { optional: true, fields: { a: { type: 'INT32' } } }],
  ])('should refuse %s', (text, field) => {
    expect(() => schemaOfParquetJs(new ParquetSchema({ odd: field }))).toThrow(
      `column 'odd' of parquetjs-lite cannot become an Arrow column: ${text}`,
    );
  });
});
