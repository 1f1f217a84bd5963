import { either, object } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { custom, oneOf, wholeNumber } from '../../options/values.js';
import type { Seed } from '../../random.js';
import { commonOptions } from '../reader-options.js';

/** What {@link readSoundBatches} can be told. */
export interface ReadSoundsOptions {
  /**
   * Samples that every sound is to have: shorter ones end in silence, of longer ones the end is cut.
   * 'list' keeps all lengths, in lists of numbers. Default: all must be as long as the first.
   */
  readonly samples?: number | 'list' | undefined;
  /** Numbers of a moment: 1 mixes several channels. Default: as the first sound has them. */
  readonly channels?: number | undefined;
  /** Samples a second: sounds of other rates are resampled. Default: as the first sound has it. */
  readonly rate?: number | undefined;
  /**
   * Type of the numbers. Default: 'int16' if the first file has 16 bits or fewer, else 'float32' of
   * numbers in [−1, 1].
   */
  readonly element?: 'int16' | 'float32' | undefined;
  /**
   * The label in a file's path within the folder: the first group of its match, or all of it.
   * `/^(\d)_/` of '7_jackson_32.wav' is '7'. Default: the sub-folder's name.
   */
  readonly label?: RegExp | undefined;
  /** Sounds in a batch, at most; fewer where they are big. Default: 256. */
  readonly batchRows?: number | undefined;
  /** Shuffles the sounds, each time the same way. Default: they come in order of their paths. */
  readonly shuffle?: Seed | undefined;
  /** Stops the reading: the iteration rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of `readSounds`. */
export const readSoundsOptions = object<ReadSoundsOptions>({
  samples: about(
    'samples that every sound is to have',
    either([wholeNumber({ from: 1 }), oneOf(['list'])], "a positive whole number or 'list'"),
  ),
  channels: about('numbers of a moment', wholeNumber({ from: 1 })),
  rate: about('samples a second', wholeNumber({ from: 1 })),
  element: about('type of the numbers', oneOf(['int16', 'float32'])),
  label: custom('a regular expression', (value) => value instanceof RegExp),
  batchRows: commonOptions.batchRows,
  shuffle: commonOptions.shuffle,
  signal: commonOptions.signal,
});
