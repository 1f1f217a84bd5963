import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { readBatches, writeBatches } from '../../../src/data/open.js';
import { decodeWave } from '../../../src/data/sounds/decode-wave.js';
import { encodeWave } from '../../../src/data/sounds/encode-wave.js';
import { isSoundField, sampleRate } from '../../../src/data/sounds/field.js';
import type { ReadSoundsOptions } from '../../../src/data/sounds/options.js';
import { readSoundBatches } from '../../../src/data/sounds/read.js';
import { readSoundColumn } from '../../../src/data/sounds/read-column.js';
import type { Sound } from '../../../src/data/sounds/sound.js';
import { writeSoundFiles } from '../../../src/data/sounds/write-files.js';
import { DataError, FormatError, InvalidOptionError, SchemaError } from '../../../src/errors.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();

/** A sound of these numbers, in eighths: 16 bits keep them as they are. */
const sound = (numbers: readonly number[], { rate = 8000, channels = 1 } = {}): Sound => ({
  rate,
  channels,
  values: Float32Array.from(numbers, (value) => value / 8),
});

async function folderOf(sounds: Record<string, Sound | Uint8Array>): Promise<string> {
  const folder = directory.fresh('folder');
  for (const [name, each] of Object.entries(sounds)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, each instanceof Uint8Array ? each : encodeWave(each));
  }
  return folder;
}

const read = async (folder: string, options?: ReadSoundsOptions) =>
  collect(readSoundBatches(folder, options));

/** The numbers of each sound, eighths, with its label. */
function heard(batches: readonly RecordBatch[]): [number[], string | null][] {
  return batches.flatMap((batch) => {
    const sounds = readSoundColumn(batch, 'sound');
    return Array.from({ length: sounds.rows }, (_, row): [number[], string | null] => [
      Array.from(sounds.at(row)?.values ?? [], (value) => 8 * value),
      batch.getChild('label')?.get(row) ?? null,
    ]);
  });
}

const animals = () =>
  folderOf({ 'dog/a.wav': sound([1, 2, 3]), 'cat/b.WAV': sound([4]), 'cat/a.wav': sound([5, 6]) });

describe('readSoundBatches', () => {
  it('should pad and cut to the samples that are told, labelled by sub-folder', async () => {
    const batches = await read(await animals(), { samples: 2 });

    expect(heard(batches)).toEqual([
      [[5, 6], 'cat'],
      [[4, 0], 'cat'],
      [[1, 2], 'dog'],
    ]);
    const [field] = (batches[0] as RecordBatch).schema.fields;
    expect(field && isSoundField(field) && sampleRate(field)).toBe(8000);
  });

  it('should keep all lengths in lists', async () => {
    const batches = await read(await animals(), { samples: 'list', batchRows: 2 });

    expect(batches.map(({ numRows }) => numRows)).toEqual([2, 1]);
    expect(heard(batches).map(([numbers]) => numbers)).toEqual([[5, 6], [4], [1, 2, 3]]);
  });

  it('should take labels from names, whatever the flags of the pattern', async () => {
    const folder = await folderOf({ '7_jackson.wav': sound([1]), '3_theo.wav': sound([2]) });

    const batches = await read(folder, { label: /^(\d)_/g });

    expect(heard(batches).map(([, label]) => label)).toEqual(['3', '7']);
    await expect(read(folder, { label: /_(jackson)/ })).rejects.toThrow(
      '3_theo.wav does not match',
    );
  });

  it('should mix channels, and keep them where nothing is told', async () => {
    const folder = await folderOf({ 'a.wav': sound([1, 3, 2, 2], { channels: 2 }) });

    expect(heard(await read(folder))).toEqual([[[1, 3, 2, 2], null]]);
    expect(heard(await read(folder, { channels: 1 }))).toEqual([[[2, 2], null]]);
  });

  it('should resample where a rate is told', async () => {
    const folder = await folderOf({
      'a.wav': sound(Array(80).fill(1)),
      'b.wav': sound(Array(160).fill(1), { rate: 16000 }),
    });

    const [batch] = await read(folder, { rate: 8000 });

    expect(heard([batch as RecordBatch]).map(([numbers]) => numbers.length)).toEqual([80, 80]);
  });

  it.each<[string, Record<string, Sound>, string]>([
    ['another length', { 'a.wav': sound([1, 2]), 'b.wav': sound([1]) }, 'another length'],
    [
      'another rate',
      { 'a.wav': sound([1]), 'b.wav': sound([1], { rate: 7 }) },
      'another sample rate',
    ],
    [
      'other channels',
      { 'a.wav': sound([1]), 'b.wav': sound([1, 1], { channels: 2 }) },
      'channels',
    ],
    ['no samples', { 'a.wav': sound([]) }, 'no samples'],
    ['no sounds', {}, 'no WAV files'],
  ])('should refuse %s', async (_what, sounds, problem) => {
    const folder = await folderOf(sounds);
    await mkdir(folder, { recursive: true });

    await expect(read(folder)).rejects.toThrow(DataError);
    await expect(read(folder)).rejects.toThrow(problem);
  });

  it('should refuse other formats, broken files and options that cannot be', async () => {
    const folder = await folderOf({ 'a.wav': sound([1]) });

    await expect(read(await folderOf({ 'a.mp3': sound([1]) }))).rejects.toThrow(
      'Convert it to WAV',
    );
    await expect(read(await folderOf({ 'a.wav': Uint8Array.of(1) }))).rejects.toThrow(FormatError);
    for (const options of [{ samples: 0 }, { channels: 1.5 }, { rate: -1 }, { element: 'int8' }]) {
      await expect(read(folder, options as never)).rejects.toThrow(InvalidOptionError);
    }
    const stereo = await folderOf({ 'a.wav': sound([1, 1], { channels: 2 }) });
    await expect(read(stereo, { samples: 'list' })).rejects.toThrow(InvalidOptionError);
  });

  it.each([2, 'list'] as const)(
    'should come through Parquet as it is: samples %s',
    async (samples) => {
      const batches = await read(await animals(), { samples, shuffle: 3 });
      const file = directory.fresh('parquet');

      await writeBatches(file, asyncFrom(batches));

      const back = await collect(readBatches(file));
      expect(heard(back)).toEqual(heard(batches));
      expect(sampleRate(back[0]?.schema.fields[0] as never)).toBe(8000);
    },
  );
});

describe('writeSoundFiles', () => {
  it('should write each sound as a WAV file that is named for its row and label', async () => {
    const batches = await read(await animals(), { samples: 'list', batchRows: 2 });
    const target = join(directory.fresh('out'), 'deep');

    const written = await writeSoundFiles(target, batches, { label: 'label' });

    expect(written).toBe(3);
    expect((await readdir(target)).sort()).toEqual([
      '00000-cat.wav',
      '00001-cat.wav',
      '00002-dog.wav',
    ]);
    const back = decodeWave(await readFile(join(target, '00002-dog.wav')), 'a');
    expect([...back.values]).toEqual([1, 2, 3].map((value) => value / 8));
  });

  it('should refuse batches without sounds', async () => {
    const [batch] = await read(await animals(), { samples: 1 });
    const labels = (batch as RecordBatch).select(['label']);

    await expect(writeSoundFiles('nowhere', [labels])).rejects.toThrow(SchemaError);
  });
});
