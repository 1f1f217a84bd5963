import type { Channels } from '../images/image.js';

/** A clip: 8 bits a channel, frame by frame, each row by row from the top. */
export interface Clip {
  readonly frames: number;
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
  /** frames × height × width × channels numbers. */
  readonly pixels: Uint8Array;
}
