import { InvalidOptionError } from '../../errors.js';
import { checkSeed, type Seed } from '../../random.js';

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

/** @throws InvalidOptionError for options that cannot be used. */
export function checkSoundOptions(options: ReadSoundsOptions): void {
  const { samples, element, label, shuffle } = options;
  checkSeed(shuffle, "option 'shuffle'");
  const refuse = (problem: string) => {
    throw new InvalidOptionError(problem);
  };
  for (const key of ['batchRows', 'channels', 'rate'] as const) {
    const value = options[key];
    if (value !== undefined && !isCount(value)) {
      refuse(`option '${key}' must be a positive integer: ${value}`);
    }
  }
  if (samples !== undefined && samples !== 'list' && !isCount(samples)) {
    refuse(`option 'samples' must be a positive integer or 'list': ${samples}`);
  }
  if (element !== undefined && element !== 'int16' && element !== 'float32') {
    refuse(`option 'element' must be 'int16' or 'float32': ${element}`);
  }
  if (label !== undefined && !(label instanceof RegExp)) {
    refuse(`option 'label' must be a regular expression: ${label}`);
  }
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
