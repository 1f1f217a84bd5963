import type { MadeBy } from '../images/made-by.js';

/** A sound: numbers in [−1, 1], those of one moment together, moment after moment. */
export interface Sound {
  /** Moments a second. */
  readonly rate: number;
  /** Numbers of a moment: 1 for mono, 2 for stereo. */
  readonly channels: number;
  /** samples × channels numbers. */
  readonly values: Float32Array;
  /** What made it, which its file says then; absent where it is not synthetic. */
  readonly madeBy?: MadeBy;
}

/** Moments of a sound. */
export function soundLength({ values, channels }: Sound): number {
  return values.length / channels;
}
