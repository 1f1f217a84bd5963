import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ByteSource } from '../../../src/data/files/byte-source.js';
import type { IpcFormat } from '../../../src/data/ipc/message-writer.js';
import { readIpcBatches } from '../../../src/data/ipc/read.js';
import { encodeIpcStream, writeIpcFile } from '../../../src/data/ipc/write.js';
import { FormatError, InvalidOptionError } from '../../../src/errors.js';
import { caseCount } from '../../support/cases.js';
import { allTypes, arbitraryBatches, asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { exactRows } from '../support/exact.js';
import { exampleBatch } from '../support/example.js';
import { expectSameBatches } from '../support/same-batches.js';

const directory = useDirectory();
const batches = [exampleBatch(0, 10), exampleBatch(10, 5)];
const paths: Record<IpcFormat, string> = { 'arrow-file': '', 'arrow-stream': '' };

beforeAll(async () => {
  for (const format of ['arrow-file', 'arrow-stream'] as const) {
    paths[format] = directory.fresh('arrow');
    await writeIpcFile(paths[format], asyncFrom(batches), { format });
  }
});

const sources: [string, (path: string) => Promise<ByteSource> | ByteSource][] = [
  ['a path', (path) => path],
  ['a URL', (path) => pathToFileURL(path)],
  ['bytes', (path) => readFile(path)],
  ['a Blob', async (path) => new Blob([new Uint8Array(await readFile(path))])],
  ['an array buffer', async (path) => new Uint8Array(await readFile(path)).buffer],
  ['a Node stream', (path) => createReadStream(path, { highWaterMark: 7 })],
  ['a web stream', (path) => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>],
  [
    'a web stream without an iterator',
    async (path) => {
      const bytes = new Uint8Array(await readFile(path));
      const stream = new Response(bytes).body as ReadableStream<Uint8Array>;
      return { getReader: () => stream.getReader() as never };
    },
  ],
  [
    'an async iterable',
    async (path) =>
      asyncFrom([(await readFile(path)).subarray(0, 5), (await readFile(path)).subarray(5)]),
  ],
];

describe.each(['arrow-file', 'arrow-stream'] as const)('readIpcBatches of an %s', (format) => {
  it.each(sources)('should read %s', async (_, open) => {
    const read = await collect(readIpcBatches(await open(paths[format])));

    expect(exactRows(read)).toEqual(exactRows(batches));
  });

  it('should leave bytes in memory as they are', async () => {
    const bytes = await readFile(paths[format]);
    const before = Buffer.from(bytes);

    await collect(readIpcBatches(bytes));

    expect(bytes.equals(before)).toBe(true);
  });
});

describe('readIpcBatches', () => {
  it('should read a stream however it is cut into pieces, by a reader of any kind', async () => {
    const cases = fc.tuple(
      arbitraryBatches(allTypes),
      fc.integer({ min: 1, max: 500 }),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([all, size, isWeb]) => {
        const bytes = Buffer.concat(await collect(encodeIpcStream(asyncFrom(all))));
        const count = Math.ceil(bytes.length / size);
        const pieces = Array.from({ length: count }, (_, k) =>
          bytes.subarray(k * size, (k + 1) * size),
        );
        const stream = Readable.from(pieces);

        const read = await collect(
          readIpcBatches(isWeb ? (Readable.toWeb(stream) as ReadableStream<Uint8Array>) : stream),
        );

        expectSameBatches(read, all);
      }),
      { numRuns: caseCount(15, 60) },
    );
  });

  it('should destroy a Node stream, and cancel a web stream, when it is left', async () => {
    const bytes = Buffer.concat(await collect(encodeIpcStream(asyncFrom(batches))));
    const node = Readable.from([bytes, bytes, bytes]);
    let reason: unknown = 'not cancelled';
    const web = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(bytes)),
      cancel: (cause) => {
        reason = cause;
      },
    });
    const bare = { getReader: () => web.getReader() as never };

    for (const source of [node, bare]) {
      const reading = readIpcBatches(source);
      await reading.next();
      await reading.return();
    }

    expect(node.destroyed).toBe(true);
    expect(reason).toBeUndefined();
  });

  it('should pass on the error of a stream', async () => {
    const failure = new Error('cable cut');
    const stream = new Readable({
      read() {
        this.destroy(failure);
      },
    });

    await expect(collect(readIpcBatches(stream))).rejects.toBe(failure);
  });

  it('should end at once when it is aborted, even where a stream never answers', async () => {
    const controller = new AbortController();
    const stream = new Readable({ read() {} });
    const reading = collect(readIpcBatches(stream, { signal: controller.signal }));
    const reason = new Error('enough');
    setTimeout(() => controller.abort(reason), 10);

    await expect(reading).rejects.toBe(reason);
    expect(stream.destroyed).toBe(true);
  });

  it('should refuse a stream of text', async () => {
    const stream = createReadStream(paths['arrow-stream'], { encoding: 'latin1' });

    const reading = collect(readIpcBatches(stream as never));

    await expect(reading).rejects.toThrow(FormatError);
    await expect(reading).rejects.toThrow(/it gave string.*without an encoding/);
  });

  it.each([[7], [null], [{}], [new URL('ftp://example.org/a.arrow')]])(
    'should refuse %s as a source',
    async (source) => {
      const reading = collect(readIpcBatches(source as never)) as Promise<RecordBatch[]>;

      await expect(reading).rejects.toThrow(InvalidOptionError);
    },
  );
});
