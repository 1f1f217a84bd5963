import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Image } from '../../../src/data/images/image.js';
import { type ReadImagesOptions, readImageBatches } from '../../../src/data/images/read.js';
import { readBatches, writeBatches } from '../../../src/data/open.js';
import { readTensors } from '../../../src/data/tensor/read.js';
import { tensorType } from '../../../src/data/tensor/type.js';
import { DataError, FileError, FormatError, InvalidOptionError } from '../../../src/errors.js';
import { caseCount } from '../../support/cases.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { plainImage, writeImages } from './arbitrary-images.js';

const directory = useDirectory();
const tile = (grey: number) => plainImage(3, 2, [grey]);

async function folderOf(images: Record<string, Image>): Promise<string> {
  const folder = directory.fresh('folder');
  await mkdir(folder);
  await writeImages(folder, images);
  return folder;
}

/** The first number of each image, with its label. */
function seen(batches: readonly RecordBatch[]): [number, string | null][] {
  return batches.flatMap((batch) => {
    const images = readTensors(batch, 'image');
    const labels = batch.getChild('label');
    return Array.from({ length: batch.numRows }, (_, row): [number, string | null] => [
      Number(images.at(row)?.[0]),
      labels?.get(row) ?? null,
    ]);
  });
}

const read = async (folder: string, options?: ReadImagesOptions) =>
  seen(await collect(readImageBatches(folder, options)));

const pets = () =>
  folderOf({
    'dog/a.png': tile(3),
    'cat/b.png': tile(2),
    'cat/a.png': tile(1),
    'cat/more/c.PNG': tile(4),
  });

describe('readImageBatches', () => {
  it('should give images in order of their paths, labelled by sub-folder', async () => {
    const batches = await collect(readImageBatches(await pets()));

    expect(seen(batches)).toEqual([
      [1, 'cat'],
      [2, 'cat'],
      [4, 'cat'],
      [3, 'dog'],
    ]);
    const [image, label] = (batches[0] as RecordBatch).schema.fields;
    expect(tensorType(image as never)).toEqual({
      element: 'uint8',
      shape: [2, 3, 1],
      dimensionNames: ['H', 'W', 'C'],
    });
    expect([image, label].map((field) => field?.nullable)).toEqual([false, false]);
  });

  it('should have no labels without sub-folders, and null ones beside them', async () => {
    const flat = await collect(readImageBatches(await folderOf({ 'a.png': tile(1) })));
    const mixed = await folderOf({ 'b.png': tile(1), 'a/x.png': tile(2), 'c/x.png': tile(3) });

    expect(flat[0]?.schema.names).toEqual(['image']);
    expect(await read(mixed)).toEqual([
      [2, 'a'],
      [1, null],
      [3, 'c'],
    ]);
  });

  it('should give the same images in batches of any length, shuffled or not, and through files', async () => {
    const images = Object.fromEntries(
      Array.from({ length: 11 }, (_, k) => [`${k % 3}/${k}.png`, tile(k)]),
    );
    const folder = await folderOf(images);
    const inOrder = await read(folder);
    const cases = [
      fc.integer({ min: 1, max: 12 }),
      fc.option(fc.nat(), { nil: undefined }),
    ] as const;
    await fc.assert(
      fc.asyncProperty(...cases, async (batchRows, shuffle) => {
        const batches = await collect(readImageBatches(folder, { batchRows, shuffle }));
        const path = directory.fresh('parquet');
        await writeBatches(path, asyncFrom(batches));

        const again = await collect(readBatches(path));

        const wanted = Array.from({ length: Math.ceil(11 / batchRows) }, (_, k) =>
          Math.min(batchRows, 11 - k * batchRows),
        );
        expect(batches.map(({ numRows }) => numRows)).toEqual(wanted);
        expect(seen(again)).toEqual(seen(batches));
        expect(await read(folder, { shuffle })).toEqual(seen(batches));
        const sorted = [...seen(batches)].sort(([a], [b]) => a - b);
        expect(sorted).toEqual([...inOrder].sort(([a], [b]) => a - b));
      }),
      { numRuns: caseCount(5, 15) },
    );
  });

  it('should shuffle by seed', async () => {
    const folder = await folderOf(
      Object.fromEntries(Array.from({ length: 20 }, (_, k) => [`${k}.png`, tile(k)])),
    );

    const [one, other, none] = [
      await read(folder, { shuffle: 1 }),
      await read(folder, { shuffle: 2 }),
      await read(folder),
    ];

    expect(one).not.toEqual(other);
    expect(one).not.toEqual(none);
  });

  it('should refuse an image of another size or other channels, unless it is told what to do', async () => {
    const sizes = await folderOf({ 'a.png': tile(1), 'b.png': plainImage(4, 2, [2]) });
    const channels = await folderOf({ 'a.png': tile(1), 'b.png': plainImage(3, 2, [2, 2, 2]) });

    await expect(read(sizes)).rejects.toThrow(DataError);
    await expect(read(sizes)).rejects.toThrow(
      `another size than the first: ${join(sizes, 'b.png')} (4 × 2; 3 × 2 of ${join(sizes, 'a.png')}). Say resize`,
    );
    await expect(read(channels)).rejects.toThrow(
      /other channels than the first: .*b\.png \(3; 1 of .*a\.png\)\. Say channels/,
    );
    expect(await read(sizes, { resize: { width: 5, height: 5 } })).toEqual([
      [1, null],
      [2, null],
    ]);
    expect(await read(channels, { channels: 4 })).toEqual([
      [1, null],
      [2, null],
    ]);
  });

  it('should name a broken image', async () => {
    const folder = await pets();
    await writeFile(join(folder, 'dog', 'bad.jpg'), 'no image');

    await expect(read(folder)).rejects.toThrow(FormatError);
    await expect(read(folder)).rejects.toThrow(join(folder, 'dog', 'bad.jpg'));
  });

  it('should pass over hidden files and what is no image, and refuse formats that it would lose', async () => {
    const folder = await pets();
    await writeFile(join(folder, '.DS_Store'), '');
    await writeFile(join(folder, 'labels.csv'), 'a,b');
    expect(await read(folder)).toHaveLength(4);

    await writeFile(join(folder, 'cat', 'x.heic'), '');

    await expect(read(folder)).rejects.toThrow(DataError);
    await expect(read(folder)).rejects.toThrow(/not read: .*x\.heic\. Convert it to PNG/);
  });

  it('should refuse folders that are missing, empty, or lead to themselves', async () => {
    const empty = await folderOf({});
    const looped = await pets();
    await symlink(looped, join(looped, 'again'));

    await expect(read('/does/not/exist')).rejects.toThrow(FileError);
    await expect(read(empty)).rejects.toThrow(`no PNG, JPEG or WebP files: ${empty}`);
    await expect(read(looped)).rejects.toThrow(FileError);
  });

  it.each([
    { batchRows: 0 },
    { channels: 2 },
    { resize: { width: 0, height: 3 } },
    { resize: { width: 2, height: 3, fit: 'stretch' } },
    { shuffle: {} },
  ])('should refuse %j before it looks at the folder', async (options) => {
    await expect(read('/does/not/exist', options as never)).rejects.toThrow(InvalidOptionError);
  });

  it('should stop when it is aborted', async () => {
    const controller = new AbortController();
    const batches = readImageBatches(await pets(), { batchRows: 1, signal: controller.signal });
    await batches.next();
    controller.abort(new Error('enough'));

    await expect(batches.next()).rejects.toThrow('enough');
    expect(await batches.next()).toEqual({ done: true, value: undefined });
  });
});
