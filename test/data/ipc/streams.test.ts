import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Dictionary, Field, Int32, List, type RecordBatch, Schema, Struct } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyBatch } from '../../../src/data/batches/interleave.js';
import { readIpcBatches } from '../../../src/data/ipc/read.js';
import { encodeIpcStream, writeIpcFile } from '../../../src/data/ipc/write.js';
import { schemaDifference } from '../../../src/data/schema/schema.js';
import { FormatError, SchemaError } from '../../../src/errors.js';
import { caseCount } from '../../support/cases.js';
import { allTypes, arbitraryBatches, asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { exampleBatch } from '../support/example.js';
import { expectSameBatches } from '../support/same-batches.js';

const directory = useDirectory();
const pathOf = (name: string) => fileURLToPath(new URL(`foreign/${name}`, import.meta.url));
const readWords = async (name: string) => {
  const batches = await collect(readIpcBatches(pathOf(name)));
  return batches.flatMap((batch) => batch.toArray().map((row) => row.word));
};

describe('readIpcBatches of what pyarrow writes', () => {
  it('should add deltas to a dictionary', async () => {
    expect(await readWords('deltas.arrows')).toEqual([...'ababc']);
  });

  it('should replace a dictionary', async () => {
    expect(await readWords('replaced.arrows')).toEqual([...'abcd']);
  });

  it('should read a stream that follows another one', async () => {
    expect(await readWords('joined.arrows')).toEqual([...'abca']);
  });

  it('should refuse a stream with other columns that follows another one', async () => {
    const reading = collect(readIpcBatches(pathOf('unlike.arrows')));

    await expect(reading).rejects.toThrow(SchemaError);
    await expect(reading).rejects.toThrow(/unlike\.arrows, stream 1 .*column 'word'.*int64/);
  });

  it.each([
    ['run-end.arrows', /column 'outer' is of type run-end encoded/],
    ['list-view.arrows', /column 'outer\.inner' is of type list view/],
    ['big-endian.arrows', /byte order cannot be read: .*big-endian\.arrows \(it is big-endian/],
  ])('should name the column that arrow-js cannot read in %s', async (name, message) => {
    const reading = collect(readIpcBatches(pathOf(name)));

    await expect(reading).rejects.toThrow(FormatError);
    await expect(reading).rejects.toThrow(message);
  });

  it('should refuse a byte order that nobody knows', async () => {
    const bytes = await readFile(pathOf('big-endian.arrows'));
    // Where its schema says the order, as clusterfuzz has found it.
    const at = 54;
    const order = bytes[at];
    bytes[at] = 12;

    const reading = collect(readIpcBatches(bytes));

    expect(order).toBe(1);
    await expect(reading).rejects.toThrow(/byte order cannot be read/);
  });

  it('should read a stream that just ends', async () => {
    const batches = await collect(readIpcBatches(pathOf('no-end-marker.arrows')));

    expect(batches.flatMap((batch) => batch.toArray().map(({ i }) => i))).toEqual([1n, 2n, 3n]);
  });

  it('should keep an empty name', async () => {
    const batches = await collect(readIpcBatches(pathOf('empty-name.arrow')));

    expect(batches[0]?.schema.names).toEqual(['', 'x']);
  });
});

describe.each(['arrow-file', 'arrow-stream'] as const)('an empty name in an %s', (format) => {
  it('should come back, in members too', async () => {
    const path = directory.fresh('arrow');
    const [inner, outer] = [new Field('', new Int32(), true), new Field('x', new Int32(), true)];
    const schema = new Schema([
      new Field('', new List(inner), true),
      new Field('s', new Struct([outer, inner]), true),
      new Field('d', new Dictionary(new Struct([inner]), new Int32(), 7), true),
    ]);

    await writeIpcFile(path, asyncFrom([emptyBatch(schema)]), { format });
    const [batch] = await collect(readIpcBatches(path));

    expect(schemaDifference(schema, batch?.schema as Schema)).toBeUndefined();
  });
});

describe('dictionaries within dictionaries', () => {
  it('should be written where several columns have them', async () => {
    const batches = await collect(readIpcBatches(pathOf('nested-dictionaries.arrow')));
    const path = directory.fresh('arrow');

    await writeIpcFile(path, asyncFrom([...batches, ...batches]), { format: 'arrow-file' });

    expectSameBatches(await collect(readIpcBatches(path)), [...batches, ...batches]);
  });
});

describe('readIpcBatches of joined streams', () => {
  it('should give the rows of all of them under one schema, however they are cut', async () => {
    const cases = fc.tuple(arbitraryBatches(allTypes), fc.nat(4), fc.nat(4));
    await fc.assert(
      fc.asyncProperty(cases, async ([batches, a, b]) => {
        const cuts = [0, ...[a, b].sort((x, y) => x - y), batches.length];
        const empty = (batches[0] as RecordBatch).slice(0, 0);
        const streams = await Promise.all(
          [0, 1, 2].map(async (k) => {
            const part = [empty, ...batches.slice(cuts[k], cuts[k + 1])];
            return Buffer.concat(await collect(encodeIpcStream(asyncFrom(part))));
          }),
        );

        const read = await collect(readIpcBatches(asyncFrom(streams)));

        expectSameBatches(read, batches);
      }),
      { numRuns: caseCount(15, 60) },
    );
  });

  it('should refuse rubbish behind a stream', async () => {
    const stream = await collect(encodeIpcStream(asyncFrom([exampleBatch(0, 3)])));

    const reading = collect(readIpcBatches(asyncFrom([...stream, Buffer.from('rubbish')])));

    await expect(reading).rejects.toThrow(/input, stream 1 .*it starts with/);
  });

  it.each([
    ['zeros', new Uint8Array(100)],
    ['an end without a beginning', Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0)],
  ])('should say that %s are no stream', async (_, bytes) => {
    const reading = collect(readIpcBatches(bytes));

    await expect(reading).rejects.toThrow(/^ganAugment: file is not an Arrow IPC stream/);
  });

  it('should refuse two files, one behind the other', async () => {
    const path = directory.fresh('arrow');
    await writeIpcFile(path, asyncFrom([exampleBatch(0, 3)]), { format: 'arrow-file' });
    const file = await readFile(path);

    const reading = collect(readIpcBatches(asyncFrom([file, file])));

    await expect(reading).rejects.toThrow(/belong to no batch that it lists/);
  });

  it('should give one batch for many streams without rows', async () => {
    const stream = Buffer.concat(await collect(encodeIpcStream(asyncFrom([exampleBatch(0, 0)]))));

    const read = await collect(readIpcBatches(asyncFrom(Array(50).fill(stream))));

    expect(read.map((batch) => batch.numRows)).toEqual([0]);
  });
});
