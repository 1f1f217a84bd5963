import { object } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { number, oneOf, wholeNumber } from '../../options/values.js';
import type { Seed } from '../../random.js';
import { type DecodeOptions, decodeShape } from '../images/decode.js';
import { commonOptions } from '../reader-options.js';

/** How an animation is decoded. */
export interface DecodeAnimationOptions extends DecodeOptions {
  /**
   * Frames a second: what is seen at equal times, as animations may show some frames longer. Of
   * animations alone. Default: each frame once, however long it is shown.
   */
  readonly rate?: number | undefined;
}

const decodeAnimationShape = {
  ...decodeShape,
  rate: about('frames a second, of animations', number({ above: 0 })),
};

/** The options of `decodeAnimation`. */
export const decodeAnimationOptions = object<DecodeAnimationOptions>(decodeAnimationShape);

/** What {@link readVideoBatches} can be told. */
export interface ReadVideosOptions extends DecodeAnimationOptions {
  /** Frames that every clip is to have: of longer ones the end is cut. Default: as the first clip has. */
  readonly frames?: number | undefined;
  /** Takes every n-th frame alone. Default: 1, all. */
  readonly every?: number | undefined;
  /**
   * What becomes of clips that are too short: they are refused, hold their last frame, or begin again
   * ('loop'). Default: 'refuse'.
   */
  readonly short?: 'refuse' | 'hold' | 'loop' | undefined;
  /** Clips in a batch, at most; fewer where they are big. Default: 64. */
  readonly batchRows?: number | undefined;
  /** Shuffles the clips, each time the same way. Default: they come in order of their paths. */
  readonly shuffle?: Seed | undefined;
  /** Stops the reading: the iteration rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of `readVideos`. */
export const readVideosOptions = object<ReadVideosOptions>({
  ...decodeAnimationShape,
  frames: about('frames that every clip is to have', wholeNumber({ from: 1 })),
  every: about('take every n-th frame alone', wholeNumber({ from: 1 })),
  short: about('what becomes of clips that are too short', oneOf(['refuse', 'hold', 'loop'])),
  batchRows: commonOptions.batchRows,
  shuffle: commonOptions.shuffle,
  signal: commonOptions.signal,
});
