import { readFile } from 'node:fs/promises';
import {
  Binary,
  DateDay,
  Decimal,
  Field,
  Float64,
  Int64,
  List,
  type RecordBatch,
  Schema,
  Struct,
  tableFromArrays,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { writeJsonLinesBatches } from '../../../src/data/json/write.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();

function batchOf(columns: Readonly<Record<string, Vector>>): RecordBatch {
  const entries = Object.entries(columns);
  const schema = new Schema(entries.map(([name, { type }]) => new Field(name, type, true)));
  const data = entries.map(([, vector]) => vector.data[0] as never);
  return makeBatch(schema, data, entries[0]?.[1].length ?? 0);
}

async function written(batches: RecordBatch[]): Promise<string> {
  const path = directory.fresh('jsonl');
  await writeJsonLinesBatches(path, batches);
  return readFile(path, 'utf8');
}

describe('writeJsonLinesBatches', () => {
  it('should write rows that JSON reads as they were, whatever texts, numbers and nulls are in them', async () => {
    const rows = fc.array(
      fc.record({
        text: fc.option(fc.string({ unit: 'grapheme' })),
        'a "b"': fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      }),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const batch = batchOf({
          text: vectorFromArray(
            given.map((row) => row.text),
            new Utf8(),
          ),
          'a "b"': vectorFromArray(
            given.map((row) => row['a "b"']),
            new Float64(),
          ),
        });

        const lines = (await written([batch])).trimEnd().split('\n');

        expect(lines.map((line) => JSON.parse(line))).toEqual(given);
      }),
      { numRuns: 60 },
    );
  });

  it('should write all digits of whole numbers, and exact texts of decimals and dates', async () => {
    const batch = batchOf({
      n: vectorFromArray([2n ** 63n - 1n], new Int64()),
      d: vectorFromArray([new Uint32Array([12345, 0, 0, 0])], new Decimal(2, 10)),
      t: vectorFromArray([new Date('2026-03-01')], new DateDay()),
      s: vectorFromArray(
        [{ x: ['a', null], y: null }],
        new Struct([
          new Field('x', new List(new Field('item', new Utf8(), true)), true),
          new Field('y', new Float64(), true),
        ]),
      ),
    });

    expect(await written([batch])).toBe(
      '{"n":9223372036854775807,"d":"123.45","t":"2026-03-01","s":{"x":["a",null],"y":null}}\n',
    );
  });

  it('should write nothing for no rows', async () => {
    const [batch] = tableFromArrays({ a: new Float64Array(0) }).batches;

    expect(await written([batch as RecordBatch])).toBe('');
  });

  it.each([
    [
      vectorFromArray([new Uint8Array(1)], new Binary()),
      /column has no text in JSON: 'a' \(Binary\)/,
    ],
    [
      vectorFromArray([1, Number.NaN], new Float64()),
      /cell has no text in JSON: NaN in column 'a', row 2/,
    ],
  ])('should refuse what JSON does not have, and leave no file', async (vector, message) => {
    const before = await directory.list();

    await expect(written([batchOf({ a: vector })])).rejects.toThrow(message);
    expect(await directory.list()).toEqual(before);
  });
});
