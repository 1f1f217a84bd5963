import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../../src/data/images/png.js';
import { readTensors } from '../../../src/data/tensor/read.js';
import type { Clip } from '../../../src/data/videos/clip.js';
import { decodeAnimation } from '../../../src/data/videos/decode.js';
import { encodeWebp } from '../../../src/data/videos/encode.js';
import type { ReadVideosOptions } from '../../../src/data/videos/options.js';
import { readVideoBatches } from '../../../src/data/videos/read.js';
import { DataError, FileError, FormatError, InvalidOptionError } from '../../../src/errors.js';
import { createRandom } from '../../../src/random.js';
import { collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();

/** A clip of noise: neighbouring frames differ, so that none is merged with another. */
function noisy(seed: number, frames: number, width = 6, height = 4): Clip {
  const random = createRandom(seed);
  const pixels = new Uint8Array(frames * height * width * 3);
  return { frames, width, height, channels: 3, pixels: pixels.map(() => random.integer(256)) };
}

async function folderOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const folder = directory.fresh('clips');
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  return folder;
}

const read = (folder: string, options?: ReadVideosOptions) =>
  collect(readVideoBatches(folder, options));

const clipOf = (batches: readonly RecordBatch[], row: number) =>
  readTensors(batches[0] as RecordBatch, 'clip').at(row);

/** The frames of a clip as PNG files. */
async function framesOf(prefix: string, clip: Clip) {
  const size = clip.pixels.length / clip.frames;
  const files: Record<string, Uint8Array> = {};
  for (let k = 0; k < clip.frames; k++) {
    const pixels = clip.pixels.subarray(k * size, (k + 1) * size);
    files[`${prefix}/${k + 8}.png`] = await encodePng({ ...clip, pixels });
  }
  return files;
}

describe('encodeWebp and decodeAnimation', () => {
  it('should keep every pixel of every frame', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 5 }), async (seed, frames) => {
        const clip = noisy(seed, frames);

        expect(await decodeAnimation(await encodeWebp(clip), 'a.webp')).toEqual({
          ...clip,
          pixels: Buffer.from(clip.pixels),
        });
      }),
      { numRuns: 10 },
    );
  });

  it('should give frames that stand still back at the rate at which they were written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(1, 10, 12.5, 25),
        async (seed, shown, rate) => {
          // What never changes is written as a still picture.
          fc.pre(shown.length === 1 || new Set(shown).size > 1);
          const three = noisy(seed, 3);
          const size = three.pixels.length / 3;
          const frames = shown.map((k) => three.pixels.subarray(k * size, (k + 1) * size));
          const clip = { ...three, frames: shown.length, pixels: Buffer.concat(frames) };

          const bytes = await encodeWebp(clip, { rate });

          expect(await decodeAnimation(bytes, 'a.webp', { rate })).toEqual({
            ...clip,
            pixels: Uint8Array.from(clip.pixels),
          });
        },
      ),
      { numRuns: 20 },
    );
  });

  it('should refuse what is broken or another format, and name it', async () => {
    const webp = await encodeWebp(noisy(1, 3));
    const png = await encodePng(noisy(1, 1));

    for (const bytes of [new Uint8Array(0), webp.subarray(0, webp.length / 2), png]) {
      const decoding = decodeAnimation(bytes, 'cats/1.webp');
      await expect(decoding).rejects.toThrow(FormatError);
      await expect(decoding).rejects.toThrow(/cats\/1\.webp/);
    }
  });
});

describe('readVideoBatches', () => {
  it('should read animations and folders of frames, in the order of their numbers', async () => {
    const [walk, run] = [noisy(1, 4), noisy(2, 4)];
    const folder = await folderOf({
      'walk/a.webp': await encodeWebp(walk),
      ...(await framesOf('run/b', run)),
      'notes.txt': 'no clip',
    });

    const batches = await read(folder);

    expect(batches[0]?.numRows).toBe(2);
    expect(batches[0]?.getChild('label')?.toArray()).toEqual(['run', 'walk']);
    expect(clipOf(batches, 0)).toEqual(run.pixels);
    expect(clipOf(batches, 1)).toEqual(walk.pixels);
  });

  it('should take so many frames, every n-th, and fill short clips as told', async () => {
    const clip = noisy(3, 5);
    const folder = await folderOf({ 'a.webp': await encodeWebp(clip) });
    const frame = (k: number) => [...clip.pixels.subarray(k * 72, (k + 1) * 72)];
    const taken = async (options: ReadVideosOptions) =>
      Array.from(clipOf(await read(folder, options), 0) as Uint8Array);

    expect(await taken({ frames: 2, every: 2 })).toEqual([...frame(0), ...frame(2)]);
    expect(await taken({ every: 2 })).toEqual([0, 2, 4].flatMap(frame));
    expect(await taken({ frames: 6, short: 'hold' })).toEqual([0, 1, 2, 3, 4, 4].flatMap(frame));
    expect(await taken({ frames: 6, short: 'loop' })).toEqual([0, 1, 2, 3, 4, 0].flatMap(frame));
    await expect(read(folder, { frames: 6 })).rejects.toThrow(/too short.*5 frames, 6 wanted/);
  });

  it('should refuse a rate for folders of frames, which have no times', async () => {
    const folder = await folderOf(await framesOf('run/b', noisy(2, 4)));

    const reading = read(folder, { rate: 10 });

    await expect(reading).rejects.toThrow(/no times to take a rate of: .*run.*Leave rate out/);
  });

  it('should refuse clips that are unlike the first, and films', async () => {
    const mixed = await folderOf({
      'a.webp': await encodeWebp(noisy(1, 2)),
      'b.webp': await encodeWebp(noisy(1, 2, 8, 4)),
    });
    const film = await folderOf({ 'a.mp4': '' });

    await expect(read(mixed)).rejects.toThrow(DataError);
    await expect(read(mixed)).rejects.toThrow(/b\.webp \(8 × 4 × 3; 6 × 4 × 3/);
    expect(await read(mixed, { resize: { width: 4, height: 4 }, channels: 1 })).toHaveLength(1);
    await expect(read(film)).rejects.toThrow(/not read: .*a\.mp4/);
    await expect(read(await folderOf({}))).rejects.toThrow(/no clips/);
    await expect(read('/does/not/exist')).rejects.toThrow(FileError);
  });

  it.each([
    { frames: 0 },
    { every: 1.5 },
    { short: 'cut' },
    { rate: 0 },
    { channels: 2 },
    { batchRows: -1 },
  ])('should refuse %j before anything is read', async (options) => {
    const reading = read('/does/not/exist', options as ReadVideosOptions);

    await expect(reading).rejects.toThrow(InvalidOptionError);
  });
});
