import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { assertGiven } from '../../options/given.js';
import { attempt, writeFileWhole } from '../files/atomic.js';
import type { MadeBy } from '../images/made-by.js';
import { encodeWave } from './encode-wave.js';
import { isSoundField } from './field.js';
import { readSoundColumn } from './read-column.js';

/** What {@link writeSoundFiles} can be told. */
export interface WriteSoundsOptions {
  /** The column of sounds. Default: the first one that says a sample rate. */
  readonly column?: string | undefined;
  /** Samples a second, where the field's metadata does not say them. */
  readonly rate?: number | undefined;
  /** A column whose value stands in the files' names, such as the label. Default: none. */
  readonly label?: string | undefined;
  /** The model that made all of the sounds, which the files then say. Default: none. */
  readonly madeBy?: MadeBy | undefined;
}

/**
 * Writes each sound of some batches as a WAV file of 16 bits, numbered by its row: '00000.wav', or
 * '00000-seven.wav' with a label. Makes the directory; null sounds are passed over. Files that are
 * there are replaced.
 *
 * @returns how many files were written.
 * @throws SchemaError if there is no column of sounds; FileError if files cannot be written.
 */
export async function writeSoundFiles(
  directory: string,
  batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
  { column, rate, label, madeBy }: WriteSoundsOptions = {},
): Promise<number> {
  assertGiven(batches, 'batches', 'record batches');
  let [row, written] = [0, 0];
  for await (const batch of batches) {
    const { schema } = batch;
    const name = column ?? schema.fields.find(isSoundField)?.name;
    if (name === undefined) {
      throw new SchemaError(
        `there is no column that says a sample rate: ${schema.names.join(', ')}. Say column and rate`,
      );
    }
    const sounds = readSoundColumn(batch, name, rate);
    const labels = label === undefined ? undefined : batch.getChild(label);
    await attempt(directory, () => mkdir(directory, { recursive: true }));
    for (let k = 0; k < sounds.rows; k++, row++) {
      const sound = sounds.at(k);
      if (!sound) continue;
      const suffix = labels ? `-${fileText(labels.get(k))}` : '';
      const file = `${String(row).padStart(5, '0')}${suffix}.wav`;
      await writeFileWhole(
        join(directory, file),
        encodeWave(madeBy ? { ...sound, madeBy } : sound),
      );
      written++;
    }
  }
  return written;
}

/** A value as part of a file's name: letters, digits, '.' and '_'. */
function fileText(value: unknown): string {
  return String(value)
    .replaceAll(/[^\p{L}\p{N}._]+/gu, '_')
    .slice(0, 40);
}
