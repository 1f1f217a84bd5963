import { readFile, writeFile } from 'node:fs/promises';
import {
  Bool,
  Decimal,
  Dictionary,
  Field,
  FixedSizeBinary,
  Float16,
  Int8,
  Schema,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFooter, encodeFooter } from '../../../../src/data/parquet/format/footer.js';
import { wire } from '../../../../src/data/parquet/format/thrift.js';
import { setStructs } from '../../../../src/data/parquet/format/thrift-fields.js';
import { readParquetBatches } from '../../../../src/data/parquet/read.js';
import { encodeArrowSchema } from '../../../../src/data/parquet/types/arrow-schema.js';
import { writeParquetFile } from '../../../../src/data/parquet/write.js';
import { describeType } from '../../../../src/data/schema/describe.js';
import { arbitraryBatches, asyncFrom, collect } from '../../support/arbitrary-batches.js';
import { useDirectory } from '../../support/directory.js';
import { exactRows } from '../../support/exact.js';

const directory = useDirectory();
describe('dictionaries that the decoder does not know', () => {
  it.each([new Bool(), new Float16(), new FixedSizeBinary(3), new Decimal(2, 20, 128)])(
    'should be read as plain values: %s',
    async (type) => {
      const [batches] = fc.sample(
        arbitraryBatches(fc.constant(type), { minColumns: 2, maxColumns: 2, instants: 'parquet' }),
        { numRuns: 1, seed: 4 },
      );
      const path = directory.fresh('parquet');
      await writeParquetFile(path, asyncFrom(batches ?? []));
      const metadata = new Map([['origin', 'another writer']]);
      const schema = new Schema(
        ['c0', 'c1'].map((name) => new Field(name, new Dictionary(type, new Int8()), true)),
        metadata,
      );
      await claimSchema(path, schema);

      const read = await collect(readParquetBatches(path));
      const second = await collect(readParquetBatches(path, { columns: ['c1'] }));

      expect(exactRows(read)).toEqual(exactRows(batches ?? []));
      expect(exactRows(second)).toEqual(exactRows(batches ?? []).map(([, value]) => [value]));
      expect(read[0]?.schema.fields.map((field) => describeType(field.type))).toEqual([
        describeType(type),
        describeType(type),
      ]);
    },
  );
});

/** Gives a file another Arrow schema. */
async function claimSchema(path: string, schema: Schema) {
  const bytes = await readFile(path);
  const start = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
  const { tree } = decodeFooter(path, bytes.subarray(start));
  const entry = [
    { id: 1, type: wire.binary, value: Buffer.from('ARROW:schema') },
    { id: 2, type: wire.binary, value: Buffer.from(encodeArrowSchema(schema)) },
  ];
  await writeFile(
    path,
    Buffer.concat([bytes.subarray(0, start), encodeFooter(setStructs(tree, 5, [entry]))]),
  );
}
