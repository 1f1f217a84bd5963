import type { Channels } from '../images/image.js';
import type { MadeBy } from '../images/made-by.js';

/** A clip: 8 bits a channel, frame by frame, each row by row from the top. */
export interface Clip {
  /** Pictures, one after the other. */
  readonly frames: number;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** Numbers of a pixel. */
  readonly channels: Channels;
  /** frames × height × width × channels numbers. */
  readonly pixels: Uint8Array;
  /** What made it, of a synthetic clip: `encodeWebp` says so in the file. */
  readonly madeBy?: MadeBy;
}
