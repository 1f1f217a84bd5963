import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../../src/data/images/png.js';
import { detectMedia } from '../../../src/data/media/detect.js';
import { readBatches } from '../../../src/data/open.js';
import { encodeWave } from '../../../src/data/sounds/encode-wave.js';
import { encodeWebp } from '../../../src/data/videos/encode.js';
import { DataError } from '../../../src/errors.js';
import { plainImage } from '../images/arbitrary-images.js';
import { collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();

async function folderOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const folder = directory.fresh('folder');
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  return folder;
}

const png = (grey: number) => encodePng(plainImage(4, 4, [grey]));
const sound = () => encodeWave({ rate: 8000, channels: 1, values: Float32Array.of(0, 0.5) });
const animation = () => {
  const pixels = Uint8Array.from({ length: 2 * 4 * 4 * 3 }, (_, k) => (k * 37) % 256);
  return encodeWebp({ frames: 2, width: 4, height: 4, channels: 3, pixels });
};

describe('detectMedia', () => {
  it.each([
    ['images', ['a.png', 'b/c.JPG', 'notes.txt']],
    ['images', ['cat/1.png', 'cat/2.png', 'dog/1.png']],
    ['images', ['frame1.png']],
    ['images', ['a.bmp']],
    ['sounds', ['a.wav', 'b/c.WAV']],
    ['sounds', ['a.flac']],
    ['clips', ['a.gif']],
    ['clips', ['a.mp4']],
    ['clips', ['walk/frame_001.png', 'walk/frame_002.png', 'run/frame-1.jpg']],
    ['clips', ['a.gif', 'walk/frame1.png']],
    [undefined, ['a.parquet', 'b.csv', 'read.me']],
    [undefined, ['notes.txt']],
    [undefined, ['.hidden.png']],
  ])('should find %s in %j', async (kind, names) => {
    const folder = await folderOf(Object.fromEntries(names.map((name) => [name, ''])));

    expect(await detectMedia(folder)).toBe(kind);
  });

  it('should tell animated WebP from still', async () => {
    const { default: sharp } = await import('sharp');
    const still = await sharp(await png(9))
      .webp()
      .toBuffer();

    expect(await detectMedia(await folderOf({ 'a.webp': still }))).toBe('images');
    expect(await detectMedia(await folderOf({ 'a.webp': await animation() }))).toBe('clips');
  });

  it.each([
    [['a.png', 'b.wav'], /holds images \(a\.png\) and sounds \(b\.wav\)/],
    [['a.png', 'labels.csv'], /holds images \(a\.png\) and tables \(labels\.csv\)/],
    [['a.gif', 'b.png'], /holds clips \(a\.gif\) and images \(b\.png\)/],
    [['x/frame1.png', 'x/7.png'], /images \(x\/7\.png\).*frames \(x\/frame1\.png\)/],
  ])('should refuse %j', async (names, message) => {
    const folder = await folderOf(Object.fromEntries(names.map((name) => [name, ''])));

    await expect(detectMedia(folder)).rejects.toThrow(DataError);
    await expect(detectMedia(folder)).rejects.toThrow(message);
  });

  it('should find nothing in a file, or where nothing is', async () => {
    const folder = await folderOf({ 'a.png': '' });

    expect(await detectMedia(join(folder, 'a.png'))).toBeUndefined();
    expect(await detectMedia(join(folder, 'none'))).toBeUndefined();
  });
});

describe('readBatches', () => {
  it.each([
    ['image', async () => ({ 'cat/1.png': await png(1), 'dog/2.png': await png(2) })],
    ['sound', async () => ({ 'cat/1.wav': sound(), 'dog/2.wav': sound() })],
    ['clip', async () => ({ 'cat/1.webp': await animation(), 'dog/2.webp': await animation() })],
  ])('should read a folder of media as a column %s, and labels', async (name, files) => {
    const folder = await folderOf(await files());

    const batches = await collect(readBatches(folder));
    const alone = await collect(readBatches([folder], { columns: [name] }));

    expect(batches[0]?.schema.names).toEqual([name, 'label']);
    expect([...(batches[0]?.getChild('label') ?? [])]).toEqual(['cat', 'dog']);
    expect(alone[0]?.schema.names).toEqual([name]);
    expect(alone[0]?.numRows).toBe(2);
  });

  it('should refuse a folder of media together with other input', async () => {
    const [one, other] = [await folderOf({ 'a.png': await png(1) }), 'b.parquet'];

    const act = collect(readBatches([one, other]));

    await expect(act).rejects.toThrow(/folder of images cannot be read together/);
  });
});
