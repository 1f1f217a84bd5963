import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../../src/data/source/open-source.js';
import type { RangeSource } from '../../../src/data/source/range-source.js';
import { FileError, FormatError, InvalidOptionError } from '../../../src/errors.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();

/** The same bytes as every kind of source. */
async function sourcesOf(bytes: Uint8Array): Promise<Record<string, RangeSource>> {
  const path = directory.fresh('a b%20#');
  await writeFile(path, bytes);
  const buffer = new Uint8Array(bytes).buffer;
  return {
    path,
    url: pathToFileURL(path),
    bytes: new Uint8Array([9, ...bytes, 9]).subarray(1, -1),
    node: Buffer.from(bytes),
    buffer,
    blob: new Blob([new Uint8Array(bytes)]),
    file: await openAsBlob(path),
    slices: {
      byteLength: bytes.length,
      slice: (start: number, end: number) => buffer.slice(start, end),
    },
    promises: {
      byteLength: bytes.length,
      slice: async (start: number, end: number) => bytes.subarray(start, end),
    },
  };
}

describe('openSource', () => {
  it('should read the same bytes of every kind of source, and no others', async () => {
    const cases = fc
      .uint8Array({ maxLength: 50 })
      .chain((bytes) => fc.tuple(fc.constant(bytes), fc.nat(60), fc.nat(60)));

    await fc.assert(
      fc.asyncProperty(cases, async ([bytes, start, end]) => {
        for (const [kind, source] of Object.entries(await sourcesOf(bytes))) {
          const reader = await openSource(source);

          const read = await reader.read(start, end).catch((error) => error);

          const inside = start <= end && end <= bytes.length;
          expect(reader.size, kind).toBe(bytes.length);
          if (inside) expect([...read], kind).toEqual([...bytes.subarray(start, end)]);
          else expect(read, kind).toBeInstanceOf(FormatError);
          await reader.close();
        }
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['bytes in memory', new Uint8Array(2)],
    ['Blob', new Blob(['ab'])],
    ['a.parquet', new File(['ab'], 'a.parquet')],
    ['byte ranges', { byteLength: 2, slice: () => new Uint8Array(2) }],
  ])('should call a source %s, or as it is told', async (name, source) => {
    const names = [await openSource(source), await openSource(source, { name: 'mine' })];

    expect(names.map((reader) => reader.name)).toEqual([name, 'mine']);
  });

  it.each([1, 3])('should refuse %d bytes where 2 were asked for', async (length) => {
    const source = { byteLength: 10, slice: () => new Uint8Array(length) };
    const reader = await openSource(source, { name: 'store' });

    await expect(reader.read(4, 6)).rejects.toThrow(FileError);
    await expect(reader.read(4, 6)).rejects.toThrow(`store, ${length} of 2 from 4`);
  });

  it('should say which bytes a source failed to give, and why', async () => {
    const cause = new Error('no such object');
    const source = { byteLength: 10, slice: () => Promise.reject(cause) };
    const reader = await openSource(source, { name: 'store' });

    await expect(reader.read(4, 6)).rejects.toThrow(FileError);
    await expect(reader.read(4, 6)).rejects.toThrow('store, bytes 4 to 6 (no such object)');
    await expect(reader.read(4, 6)).rejects.toMatchObject({ cause });
  });

  it('should say how to read a store whose addresses it does not know', async () => {
    const opening = openSource('s3://bucket/a.parquet');

    await expect(opening).rejects.toThrow(FileError);
    await expect(opening).rejects.toThrow(
      'input file does not exist: s3://bucket/a.parquet. Of addresses, http: and https: are read; ' +
        'of other stores, give { byteLength, slice }.',
    );
  });

  it('should stop waiting for a source that never answers when it is aborted', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const source = { byteLength: 10, slice: () => new Promise<never>(() => {}) };
    const reader = await openSource(source, { signal: controller.signal });

    const reading = reader.read(4, 6);
    controller.abort(reason);

    await expect(reading).rejects.toBe(reason);
  });

  it.each([
    undefined,
    null,
    7,
    {},
    [],
    { byteLength: -1, slice: () => new Uint8Array() },
    { byteLength: 1 },
  ])('should refuse %j', async (source) => {
    await expect(openSource(source as never)).rejects.toThrow(InvalidOptionError);
  });
});
