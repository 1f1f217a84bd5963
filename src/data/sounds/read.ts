import { readFile } from 'node:fs/promises';
import { type Data, type RecordBatch, Schema } from 'apache-arrow';
import { DataError, FileError, InvalidOptionError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { makeBatch } from '../batches/batch.js';
import { batchLength } from '../batches/batch-length.js';
import { rereadWhole, withRereading } from '../batches/rereadable.js';
import { labelColumn } from '../folder/label-column.js';
import type { LabelledFile } from '../folder/list-files.js';
import { shuffleFiles } from '../folder/shuffle-files.js';
import { withChannels } from './channels.js';
import { type DecodedSound, decodeWave } from './decode-wave.js';
import { soundField, soundListField } from './field.js';
import { listSounds } from './list.js';
import { listColumn, tensorColumn } from './make-columns.js';
import { type ReadSoundsOptions, readSoundsOptions } from './options.js';
import { resample } from './resample.js';
import { type Sound, soundLength } from './sound.js';

/**
 * Reads a folder of WAV files as record batches, one batch in memory at a time.
 *
 * The column `sound` holds tensors [samples, channels], or lists of numbers, with the sample rate in
 * the field's metadata. Where the folder has sub-folders, the column `label` names the one that a
 * sound is in, and is null for sounds outside of them. The first sound says what length, rate and
 * channels all have, unless the options do.
 *
 * @throws FileError if something cannot be read; FormatError for a broken sound.
 * @throws DataError for a sound of another length, rate or other channels, and if there are none.
 */
export function readSoundBatches(
  folder: string,
  options: ReadSoundsOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  const again = rereadWhole(
    (signal) => readOnce(folder, { ...options, signal }),
    () => folder,
  );
  return withRereading(readOnce(folder, options), again);
}

async function* readOnce(
  folder: string,
  options: ReadSoundsOptions,
): AsyncGenerator<RecordBatch, void, undefined> {
  checkOptions(readSoundsOptions, options);
  const { batchRows = 256, shuffle, signal } = options;
  signal?.throwIfAborted();
  const files = await listSounds(folder, options.label);
  if (shuffle !== undefined) shuffleFiles(files, shuffle, 'sounds');
  const first = await load(files[0] as LabelledFile);
  const shape = resolveShape(first, files[0] as LabelledFile, options);
  const { field, samples, channels, element } = shape;
  const labels = labelColumn(files);
  const schema = new Schema(labels ? [field, labels.field] : [field]);
  const rowBytes = 4 * channels * (samples === 'list' ? Math.max(soundLength(first), 1) : samples);
  const length = batchLength(batchRows, rowBytes);
  for (let start = 0; start < files.length; start += length) {
    const part = files.slice(start, start + length);
    const sounds: Sound[] = [];
    for (const file of part) {
      signal?.throwIfAborted();
      const sound = file === files[0] ? first : await load(file);
      sounds.push(conform(sound, file, shape, options));
    }
    const column =
      samples === 'list'
        ? listColumn(field, sounds, element)
        : tensorColumn(field, sounds, samples * channels, element);
    const columns: Data[] = labels ? [column, labels.of(part)] : [column];
    yield makeBatch(schema, columns, part.length);
  }
}

async function load({ path }: LabelledFile): Promise<DecodedSound> {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new FileError(`sound cannot be read: ${path} (${cause.message}). Check permissions`, {
      cause,
    });
  });
  return decodeWave(bytes, path);
}

/** What all sounds of a folder are to be, and the field for them. */
function resolveShape(first: DecodedSound, { path }: LabelledFile, options: ReadSoundsOptions) {
  const { rate = first.rate, channels = first.channels } = options;
  const { element = first.fitsInt16 ? 'int16' : 'float32' } = options;
  const samples = options.samples ?? soundLength(resample(first, rate));
  if (samples === 0) {
    throw new DataError(`sound has no samples: ${path}. Say samples, or remove the file`);
  }
  if (samples === 'list' && channels > 1) {
    throw new InvalidOptionError(
      `option 'samples' cannot be 'list' for sounds of ${channels} channels. Say channels: 1`,
    );
  }
  const field =
    samples === 'list'
      ? soundListField('sound', { element, rate })
      : soundField('sound', { element, rate, channels, samples });
  return { field, samples, rate, channels, element, firstPath: path };
}

/** A sound as all are to be; refuses one that no option says how to change. */
function conform(
  sound: DecodedSound,
  { path }: LabelledFile,
  { samples, rate, channels, firstPath }: ReturnType<typeof resolveShape>,
  options: ReadSoundsOptions,
): Sound {
  const refuse = (what: string, has: number, of: number, remedy: string) => {
    throw new DataError(
      `sound has ${what} than the first: ${path} (${has}; ${of} of ${firstPath}). ${remedy}`,
    );
  };
  if (options.rate === undefined && sound.rate !== rate) {
    refuse('another sample rate', sound.rate, rate, 'Say rate, to resample');
  }
  if (options.channels === undefined && sound.channels !== channels) {
    refuse('other channels', sound.channels, channels, 'Say channels: 1');
  }
  const conformed = resample(withChannels(sound, channels, path), rate);
  const length = soundLength(conformed);
  if (options.samples === undefined && length !== samples) {
    refuse('another length', length, samples as number, "Say samples: a number, or 'list'");
  }
  return conformed;
}
