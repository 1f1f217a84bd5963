import type { TensorValues } from '../../data/tensor/elements.js';
import type { ImageShape } from './layout.js';

/** Pixels of a thumbnail's edge, or as many as the image has. */
const edge = 8;

/** Small copies of images, by which near copies are found. */
export interface Thumbnails {
  /** Numbers of one. */
  readonly size: number;
  /** The means of the image's pixels at `from`, a patch each, into `target` from place `to`. */
  write(values: TensorValues, from: number, target: Float64Array, to: number): void;
}

/** Thumbnails of images [height, width, channels]: patches are averaged (Torralba et al. 2008). */
export function thumbnailsOf({ height, width, channels }: ImageShape): Thumbnails {
  const [tops, lefts] = [cut(height), cut(width)];
  return {
    size: (tops.length - 1) * (lefts.length - 1) * channels,
    write(values, from, target, to) {
      let place = to;
      for (let y = 0; y + 1 < tops.length; y++) {
        for (let x = 0; x + 1 < lefts.length; x++) {
          const [top, bottom] = [tops[y] as number, tops[y + 1] as number];
          const [left, right] = [lefts[x] as number, lefts[x + 1] as number];
          const pixels = (bottom - top) * (right - left);
          for (let channel = 0; channel < channels; channel++) {
            let sum = 0;
            for (let row = top; row < bottom; row++) {
              for (let column = left; column < right; column++) {
                sum += Number(values[from + (row * width + column) * channels + channel]);
              }
            }
            target[place++] = sum / pixels;
          }
        }
      }
    },
  };
}

/** Where patches begin, and the end: as even as whole pixels allow. */
function cut(length: number): number[] {
  const parts = Math.min(edge, length);
  return Array.from({ length: parts + 1 }, (_, k) => Math.floor((k * length) / parts));
}
