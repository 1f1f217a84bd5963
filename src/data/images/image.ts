import type { MadeBy } from './made-by.js';

/** Numbers of a pixel: grey, red-green-blue, or red-green-blue-alpha. */
export type Channels = 1 | 3 | 4;

/** An image: 8 bits a channel, row by row from the top, channels of a pixel together. */
export interface Image {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** Numbers of a pixel: grey, RGB or RGBA. */
  readonly channels: Channels;
  /** height × width × channels numbers. */
  readonly pixels: Uint8Array;
  /** What made it, of a synthetic image: `encodePng` says so in the file. */
  readonly madeBy?: MadeBy;
}
