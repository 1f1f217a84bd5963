import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { PassThrough, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readIpcBatches } from '../../../src/data/ipc/read.js';
import { writeIpcBatches } from '../../../src/data/ipc/write.js';
import { FileError, InvalidOptionError, SchemaError } from '../../../src/errors.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { exactRows } from '../support/exact.js';
import { endless, exampleBatch, failing } from '../support/example.js';

const directory = useDirectory();
const batches = [exampleBatch(0, 10), exampleBatch(10, 5)];
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('writeIpcBatches', () => {
  it('should write to a path or a file URL, in the format of the extension', async () => {
    const [file, stream] = [directory.fresh('arrow'), directory.fresh('arrows')];

    const written = [
      await writeIpcBatches(file, asyncFrom(batches)),
      await writeIpcBatches(pathToFileURL(stream), asyncFrom(batches)),
    ];

    expect(written).toMatchObject([
      { path: file, format: 'arrow-file', rows: 15 },
      { path: stream, format: 'arrow-stream', rows: 15 },
    ]);
    for (const path of [file, stream]) {
      expect(exactRows(await collect(readIpcBatches(path)))).toEqual(exactRows(batches));
    }
  });

  it('should write to a Node stream and end it', async () => {
    const path = directory.fresh('arrows');
    const stream = createWriteStream(path);

    const summary = await writeIpcBatches(stream, asyncFrom(batches));

    const bytes = await readFile(path);
    expect(stream.writableFinished).toBe(true);
    expect(summary).toEqual({ path: '-', format: 'arrow-stream', rows: 15, bytes: bytes.length });
    expect(exactRows(await collect(readIpcBatches(bytes)))).toEqual(exactRows(batches));
  });

  it('should write to a web stream and close it', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();

    const [summary, read] = await Promise.all([
      writeIpcBatches(writable, asyncFrom(batches), { format: 'arrow-file' }),
      collect(readIpcBatches(readable)),
    ]);

    expect(summary).toMatchObject({ format: 'arrow-file', rows: 15 });
    expect(exactRows(read)).toEqual(exactRows(batches));
  });

  it('should leave a stream open when told to', async () => {
    const stream = new PassThrough();

    for (let again = 0; again < 2; again++) {
      await writeIpcBatches(stream, asyncFrom(batches), { end: false });
    }
    stream.end();

    const read = await collect(readIpcBatches(stream));
    expect(exactRows(read)).toEqual(exactRows([...batches, ...batches]));
  });

  it('should take no more than a batch ahead of a slow stream', async () => {
    let taken = 0;
    let release = () => {};
    const slow = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        release = done;
      },
    });
    async function* source() {
      for (const batch of Array(10).fill(exampleBatch(0, 10))) {
        taken++;
        yield batch;
      }
    }
    const writing = writeIpcBatches(slow, source()).catch(() => {});

    for (let written = 0; written < 4; written++) {
      await settle();
      expect(taken).toBeLessThanOrEqual(written + 1);
      release();
    }
    slow.destroy();
    await writing;
  });

  it('should destroy the stream, and pass the error on, when the source fails', async () => {
    const reason = new Error('disk on fire');
    const node = new PassThrough();
    const reading = collect(readIpcBatches(node));
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const webReading = collect(readIpcBatches(readable));

    await expect(writeIpcBatches(node, failing([exampleBatch(0, 5)], reason))).rejects.toBe(reason);
    await expect(writeIpcBatches(writable, failing([exampleBatch(0, 5)], reason))).rejects.toBe(
      reason,
    );

    await expect(reading).rejects.toBe(reason);
    await expect(webReading).rejects.toBe(reason);
  });

  it('should fail, and close the source, when the stream fails', async () => {
    const broken = () =>
      new Writable({
        write(_chunk, _encoding, done) {
          done(Object.assign(new Error('gone'), { code: 'EPIPE' }));
        },
      });
    const web = new WritableStream<Uint8Array>({
      write() {
        throw new Error('gone');
      },
    });

    for (const target of [broken(), web]) {
      const { state, batches: source } = endless();
      const writing = writeIpcBatches(target, source);

      await expect(writing).rejects.toThrow(FileError);
      await expect(writing).rejects.toThrow(/output stream cannot be written/);
      expect(state.closed).toBe(true);
    }
  });

  it('should fail where the stream was destroyed before, or is destroyed meanwhile', async () => {
    const dead = new PassThrough();
    dead.destroy();
    const dying = new PassThrough({ highWaterMark: 1 });
    setTimeout(() => dying.destroy(), 20);

    for (const target of [dead, dying]) {
      await expect(writeIpcBatches(target, endless().batches)).rejects.toThrow(FileError);
    }
  });

  it('should stop when aborted while a stream never takes its bytes', async () => {
    const stuck = new Writable({ highWaterMark: 1, write() {} });
    const { state, batches: source } = endless();
    const controller = new AbortController();
    const reason = new Error('enough');
    const writing = writeIpcBatches(stuck, source, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 20);

    await expect(writing).rejects.toBe(reason);
    await settle();
    expect(state.closed).toBe(true);
    expect(stuck.destroyed).toBe(true);
  });

  it('should not take a stream for whole that gets no batch', async () => {
    const stream = new PassThrough();

    await expect(writeIpcBatches(stream, asyncFrom([]))).rejects.toThrow(SchemaError);

    expect(stream.destroyed).toBe(true);
    expect(stream.readableLength).toBe(0);
  });

  it.each([[7], [null], [{}], [new URL('https://example.org/')]])(
    'should refuse %s as a target',
    async (target) => {
      await expect(writeIpcBatches(target as never, asyncFrom(batches))).rejects.toThrow(
        InvalidOptionError,
      );
    },
  );
});
