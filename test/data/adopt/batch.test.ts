import { type Data, Field, List, RecordBatch, Schema, Table, tableToIPC, Utf8 } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAdopter } from '../../../src/data/adopt/batch.js';
import { isNativeSchema } from '../../../src/data/adopt/type.js';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { readBatches, writeBatches } from '../../../src/data/open.js';
import { SchemaError } from '../../../src/errors.js';
import { caseCount } from '../../support/cases.js';
import {
  allTypes,
  arbitraryBatches,
  asyncFrom,
  collect,
  commonTypes,
} from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { exactRows } from '../support/exact.js';
import { exampleBatch } from '../support/example.js';
import { sameSchema } from '../support/same-schema.js';
import { bySecondCopy, secondArrow } from '../support/second-copy.js';

const directory = useDirectory();
const words = (...values: string[]) => {
  const column = secondArrow.vectorFromArray(
    values,
    new secondArrow.Dictionary(new secondArrow.Utf8(), new secondArrow.Int8(), 7),
  );
  return new secondArrow.Table({ word: column }).batches[0] as RecordBatch;
};

describe('createAdopter', () => {
  it('should be tested with a copy that is one', () => {
    expect(secondArrow.RecordBatch).not.toBe(RecordBatch);
    expect(isNativeSchema(words('a').schema)).toBe(false);
  });

  it('should give a batch of the same apache-arrow back', () => {
    const batch = exampleBatch(0, 3);

    expect(createAdopter()(batch)).toBe(batch);
  });

  it('should give the rows of batches of another copy, of any type, bit for bit', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryBatches(allTypes), async (batches) => {
        const foreign = (await bySecondCopy(batches)).filter(({ numRows }) => numRows > 0);
        const adopt = createAdopter();

        const adopted = foreign.map(adopt);

        expect(exactRows(adopted)).toEqual(exactRows(batches));
        for (const { schema } of adopted) {
          expect(isNativeSchema(schema)).toBe(true);
          expect(sameSchema(schema, (batches[0] as RecordBatch).schema)).toBe(true);
          expect(schema.metadata).toEqual(batches[0]?.schema.metadata);
          expect(schema.fields[0]?.metadata).toEqual(batches[0]?.schema.fields[0]?.metadata);
        }
      }),
      { numRuns: caseCount(15, 60) },
    );
  });

  it('should give the rows of slices of them', async () => {
    const cases = fc.tuple(arbitraryBatches(allTypes, { maxBatches: 1 }), fc.nat(20), fc.nat(20));
    await fc.assert(
      fc.asyncProperty(cases, async ([batches, a, b]) => {
        const [foreign] = await bySecondCopy(batches);
        if (!foreign) return;
        const slice = foreign.slice(Math.min(a, b), Math.max(a, b));

        const adopted = createAdopter()(slice);

        expect(exactRows([adopted])).toEqual(
          exactRows(batches).slice(Math.min(a, b), Math.max(a, b)),
        );
      }),
      { numRuns: caseCount(15, 60) },
    );
  });

  it('should share buffers, schemas and dictionaries', async () => {
    const [first, second] = [words('a', 'b'), words('b')];
    const shared = secondArrow.makeData({
      type: first.schema.fields[0]?.type as never,
      length: 1,
      data: Int8Array.of(1),
      dictionary: first.data.children[0]?.dictionary as never,
    }) as Data;
    const sibling = new secondArrow.RecordBatch(
      first.schema,
      secondArrow.makeData({
        type: new secondArrow.Struct(first.schema.fields),
        length: 1,
        children: [shared],
      }),
    ) as RecordBatch;
    const adopt = createAdopter();

    const [one, other, last] = [adopt(first), adopt(sibling), adopt(second)];

    const [data, foreign] = [one.data.children[0] as Data, first.data.children[0] as Data];
    expect(data.values).toBe(foreign.values);
    expect(data.dictionary?.data[0]?.values).toBe(foreign.dictionary?.data[0]?.values);
    expect(other.data.children[0]?.dictionary).toBe(data.dictionary);
    expect(other.schema).toBe(sibling.schema === first.schema ? one.schema : other.schema);
    expect(exactRows([last])).toEqual([['62']]);
  });

  it('should adopt a batch of this copy that holds types of another', () => {
    const schema = new Schema([new Field('x', new secondArrow.Utf8() as unknown as Utf8, true)]);
    const data = secondArrow.vectorFromArray(['a', null], new secondArrow.Utf8()).data[0] as never;

    const adopted = createAdopter()(makeBatch(schema, [data], 2));

    expect(isNativeSchema(adopted.schema)).toBe(true);
    expect([...(adopted.getChildAt(0) ?? [])]).toEqual(['a', null]);
  });

  it.each(['parquet', 'arrow', 'arrows'])(
    'should let them be written as .%s',
    async (extension) => {
      await fc.assert(
        fc.asyncProperty(
          arbitraryBatches(commonTypes, { minColumns: 1, instants: 'parquet' }),
          async (batches) => {
            const path = directory.fresh(extension);
            const foreign = await bySecondCopy(batches);
            if (foreign.length === 0) return;

            await writeBatches(path, asyncFrom(foreign));

            expect(exactRows(await collect(readBatches(path)))).toEqual(exactRows(batches));
          },
        ),
        { numRuns: caseCount(5, 20) },
      );
    },
  );

  it('should take the batch that arrow-js makes of a table without rows', async () => {
    const path = directory.fresh('arrow');
    const type = new List(new Field('item', new List(new Field('item', new Utf8(), true)), true));
    const nested = new Schema([new Field('x', type, true)]);
    for (const arrow of [secondArrow, await import('apache-arrow')]) {
      const [batch] = arrow.tableFromIPC(tableToIPC(new Table(nested))).batches;
      const fromTable = new arrow.Table(batch?.schema as never).batches[0];

      await writeBatches(path, asyncFrom([batch ?? fromTable] as RecordBatch[]));

      expect((await collect(readBatches(path))).map(({ numRows }) => numRows)).toEqual([0]);
    }
  });

  it('should refuse a batch with a type that it does not know, and say what to do', () => {
    const type = { typeId: 99, toString: () => 'RunEnd', children: [] };
    const foreign = {
      schema: { fields: [{ name: 'x', type, nullable: true, metadata: new Map() }] },
      data: { children: [{}] },
      numRows: 1,
    };

    const adopting = () => createAdopter()(foreign as never);

    expect(adopting).toThrow(SchemaError);
    expect(adopting).toThrow(/cannot be adopted: its type RunEnd is not known.*npm dedupe/);
  });

  it.each([[undefined], [null], [7], ['batch'], [{}], [[]]])('should refuse %j', (value) => {
    expect(() => createAdopter()(value as never)).toThrow(SchemaError);
  });
});
