import type { ImageShape } from '../../encode/image/layout.js';

/** Images to look at, each as numbers in about [−1, 1]. */
export interface SeenImages {
  readonly shape: ImageShape;
  readonly count: number;
  /** Image `index`, [height, width, channels], into `target` from place `to`. */
  fill(index: number, target: Float32Array, to: number): void;
}
