import { readFile } from 'node:fs/promises';
import {
  Dictionary,
  Field,
  Int8,
  Int32,
  MessageReader,
  makeData,
  Schema,
  tableFromIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import type { DictionaryBatch } from 'apache-arrow/ipc/metadata/message';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
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

/** The dictionaries in a file, as they are written. */
async function dictionaryMessages(path: string, format: 'arrow-file' | 'arrow-stream') {
  const bytes = await readFile(path);
  // The stream in a file starts behind its magic bytes and padding.
  const messages = new MessageReader(bytes.subarray(format === 'arrow-file' ? 8 : 0));
  const found: DictionaryBatch[] = [];
  for (const message of messages) {
    messages.readMessageBody(message.bodyLength);
    if (message.isDictionaryBatch()) found.push(message.header() as DictionaryBatch);
  }
  return found;
}

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

  it('should each be whole, as many readers know no deltas', async () => {
    const path = directory.fresh('arrow');
    const batches = [['a', 'b'], ['b', 'c'], ['a'], ['d', 'a']].map((words) =>
      batchOf(wide, words),
    );

    await writeIpcFile(path, asyncFrom(batches), { format });

    const written = (await dictionaryMessages(path, format)).map(({ isDelta, data }) => [
      isDelta,
      data.length,
    ]);
    const perBatch = [2, 3, 4].map((values) => [false, values]);
    expect(written).toEqual(format === 'arrow-file' ? [[false, 4]] : perBatch);
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
