import { readFile, rename, writeFile } from 'node:fs/promises';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../src/data/inspect.js';
import { outputFormat, readBatches, writeBatches } from '../../src/data/open.js';
import { rowBatches } from '../../src/data/rows/read.js';
import { FileError } from '../../src/errors.js';
import { asyncFrom, collect } from './support/arbitrary-batches.js';
import { useDirectory } from './support/directory.js';
import { exactRows } from './support/exact.js';
import { endless, exampleBatch } from './support/example.js';
import { serveRanges, useServers } from './support/range-server.js';

const directory = useDirectory();
const serve = useServers();
const batches = [exampleBatch(0, 30), exampleBatch(30, 20)];

describe('outputFormat', () => {
  it.each([
    ['a.parquet', 'parquet'],
    ['A.PARQUET', 'parquet'],
    ['a.arrow', 'arrow-file'],
    ['a.feather', 'arrow-file'],
    ['a.b.arrows', 'arrow-stream'],
    ['a.ipc', 'arrow-stream'],
    ['-', 'arrow-stream'],
    ['a.csv', 'csv'],
    ['a.TSV', 'csv'],
    ['a.jsonl', 'json-lines'],
    ['a.ndjson', 'json-lines'],
  ])('should write %s as %s', (path, format) => {
    expect(outputFormat(path)).toBe(format);
  });
});

describe('writeBatches as text', () => {
  const risky = () => rowBatches([{ a: '=1', b: 2 }]);

  it.each([
    ['csv', {}, 'a,b\n=1,2\n'],
    ['csv', { guard: true }, "a,b\n'=1,2\n"],
    ['tsv', {}, 'a\tb\n=1\t2\n'],
    ['ndjson', {}, '{"a":"=1","b":2}\n'],
  ])('should write .%s with %o', async (extension, options, text) => {
    const path = directory.fresh(extension);

    const summary = await writeBatches(path, risky(), options);

    expect(await readFile(path, 'utf8')).toBe(text);
    expect(summary).toMatchObject({ path, rows: 1, bytes: text.length });
  });
});

describe('readBatches', () => {
  it.each(['parquet', 'arrow', 'arrows'])(
    'should know .%s by its bytes, whatever its name',
    async (extension) => {
      const path = directory.fresh(extension);
      await writeBatches(path, asyncFrom(batches));
      const renamed = directory.fresh('data');
      await rename(path, renamed);

      expect(exactRows(await collect(readBatches(renamed)))).toEqual(exactRows(batches));
    },
  );

  it.each(['parquet', 'arrow', 'arrows'])('should read .%s from the web', async (extension) => {
    const path = directory.fresh(extension);
    await writeBatches(path, asyncFrom(batches));
    const address = await serve(serveRanges(await readFile(path)));

    const read = await collect(readBatches(`${address}/data`));

    expect(exactRows(read)).toEqual(exactRows(batches));
  });

  it('should read a dataset, and some of the columns of each format', async () => {
    const paths = ['parquet', 'arrow', 'arrows', 'csv'].map((extension) =>
      directory.fresh(extension),
    );
    for (const path of paths.slice(0, 3)) await writeBatches(path, asyncFrom(batches));
    await writeFile(paths[3] as string, 'id,name\n1,a\n');

    const single = await Promise.all(
      paths.map((path) => collect(readBatches(path, { columns: ['name'] }))),
    );
    const together = await collect(readBatches(paths.slice(0, 3), { columns: ['name'] }));

    const names = [single, [together]].flat().map(([batch]) => batch?.schema.names);
    expect(names).toEqual(Array.from({ length: 5 }, () => ['name']));
    expect(exactRows(together)).toEqual(single.slice(0, 3).flatMap((each) => exactRows(each)));
  });

  it('should read a stream from standard input', async () => {
    const path = directory.fresh('arrows');
    await writeBatches(path, asyncFrom(batches));
    const stdin = new PassThrough();
    stdin.end(await readFile(path));

    expect(exactRows(await collect(readBatches('-', { stdin })))).toEqual(exactRows(batches));
  });

  it('should stop waiting for standard input when it is aborted', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const reading = collect(
      readBatches('-', { stdin: new PassThrough(), signal: controller.signal }),
    );
    setTimeout(() => controller.abort(reason), 5);

    await expect(reading).rejects.toBe(reason);
  });

  it('should pass an error of standard input on', async () => {
    const stdin = new PassThrough();
    const error = new Error('broken');
    const reading = collect(readBatches('-', { stdin }));
    stdin.destroy(error);

    await expect(reading).rejects.toBe(error);
  });
});

describe('writeBatches to standard output', () => {
  it('should write a stream, and leave the output open', async () => {
    const stdout = new PassThrough({ highWaterMark: 1e6 });

    const summary = await writeBatches('-', asyncFrom(batches), { stdout });

    expect(stdout.writableEnded).toBe(false);
    const bytes = stdout.read() as Buffer;
    expect(summary).toEqual({ path: '-', format: 'arrow-stream', rows: 50, bytes: bytes.length });
    const read = await collect(readBatches('-', { stdin: asyncFrom([bytes]) }));
    expect(exactRows(read)).toEqual(exactRows(batches));
  });

  it('should take from the source no faster than the reader takes', async () => {
    let taken = 0;
    async function* source() {
      for (; ; taken++) yield exampleBatch(taken, 1000);
    }
    const controller = new AbortController();
    const stdout = new PassThrough({ highWaterMark: 16 });

    const writing = writeBatches('-', source(), { stdout, signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 50));
    controller.abort(new Error('enough'));

    await expect(writing).rejects.toThrow('enough');
    expect(taken).toBeLessThan(5);
  });

  it('should stop and close the source when the reader goes away', async () => {
    const { state, batches: source } = endless();
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    let writes = 0;
    const stdout = new Writable({
      write: (_chunk, _encoding, done) => done(++writes > 2 ? gone : null),
    });

    const writing = writeBatches('-', source, { stdout });

    await expect(writing).rejects.toThrow(FileError);
    await expect(writing).rejects.toMatchObject({ cause: { code: 'EPIPE' } });
    expect(state.closed).toBe(true);
  });
});

describe('inspectFile', () => {
  it.each(['arrow', 'arrows'])('should say what is in an .%s', async (extension) => {
    const path = directory.fresh(extension);
    const { bytes, format } = await writeBatches(path, asyncFrom(batches));

    const summary = await inspectFile(path);

    expect(JSON.parse(JSON.stringify(summary))).toEqual({
      path,
      format,
      bytes,
      rows: 50,
      columns: [
        { name: 'id', type: 'int32', nullable: false, metadata: { unit: 'none' } },
        { name: 'name', type: 'utf8', nullable: true },
      ],
      batches: [{ rows: 30 }, { rows: 20 }],
      metadata: { origin: 'test' },
    });
  });
});
