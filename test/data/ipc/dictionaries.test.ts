import { readFile } from 'node:fs/promises';
import {
  Dictionary,
  Field,
  Int8,
  Int32,
  makeData,
  Schema,
  tableFromIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batch.js';
import { readIpcBatches } from '../../../src/data/ipc/read.js';
import { writeIpcFile } from '../../../src/data/ipc/write.js';
import { SchemaError } from '../../../src/errors.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();

function batchOf(schema: Schema, ...columns: string[][]) {
  const data = columns.map((values, index) => {
    const type = schema.fields[index]?.type as Dictionary;
    const distinct = [...new Set(values)];
    const indices = type.indices.ArrayType.from(values.map((value) => distinct.indexOf(value)));
    const dictionary = vectorFromArray(distinct, new Utf8());
    return makeData({ type, length: values.length, data: indices, dictionary } as never);
  });
  return makeBatch(schema, data as never, columns[0]?.length ?? 0);
}

const wide = new Schema([new Field('word', new Dictionary(new Utf8(), new Int32()), true)]);
const narrow = new Schema([new Field('word', new Dictionary(new Utf8(), new Int8()), true)]);
const many = (name: string) => Array.from({ length: 100 }, (_, k) => `${name}${k}`);

describe.each(['arrow-file', 'arrow-stream'] as const)('dictionaries in an %s', (format) => {
  it('should be extended where batches bring new values', async () => {
    const path = directory.fresh('arrow');
    const batches = [
      ['a', 'b'],
      ['b', 'c'],
      ['d', 'a'],
    ].map((words) => batchOf(wide, words));

    await writeIpcFile(path, asyncFrom(batches), { format });

    const { batches: read } = tableFromIPC(await readFile(path));
    expect(read.flatMap((batch) => batch.toArray().map((row) => row.word))).toEqual([...'abbcda']);
    const last = read.at(-1)?.data.children[0]?.dictionary;
    expect([...(last ?? [])]).toEqual([...'abcd']);
  });

  it('should be kept apart where two columns share a type object', async () => {
    const path = directory.fresh('arrow');
    const type = new Dictionary(new Utf8(), new Int32());
    const schema = new Schema([new Field('x', type, true), new Field('y', type, true)]);

    await writeIpcFile(path, asyncFrom([batchOf(schema, ['a', 'b'], ['c', 'd'])]), { format });

    const [read] = await collect(readIpcBatches(path));
    expect(read?.toArray().map((row) => row.toJSON())).toEqual([
      { x: 'a', y: 'c' },
      { x: 'b', y: 'd' },
    ]);
  });
});

describe('a dictionary that outgrows its index type', () => {
  const batches = () => asyncFrom([batchOf(narrow, many('a')), batchOf(narrow, many('b'))]);

  it('should start anew in a stream', async () => {
    const path = directory.fresh('arrows');

    await writeIpcFile(path, batches(), { format: 'arrow-stream' });

    const read = await collect(readIpcBatches(path));
    expect(read.flatMap((batch) => batch.toArray().map((row) => row.word))).toEqual([
      ...many('a'),
      ...many('b'),
    ]);
  });

  it('should be refused in a file, which cannot have it', async () => {
    const writing = writeIpcFile(directory.fresh('arrow'), batches(), { format: 'arrow-file' });

    await expect(writing).rejects.toThrow(SchemaError);
    await expect(writing).rejects.toThrow(/Use a wider index type/);
  });
});
