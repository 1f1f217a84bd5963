import type { ImageShape } from '../../../encode/image/layout.js';
import type { Random } from '../../../random.js';

/** The image that is trained on: a whole one, or a piece of it. */
export function trainedShape(image: ImageShape, crop: number): ImageShape {
  if (crop === 0) return image;
  return { ...image, height: Math.min(crop, image.height), width: Math.min(crop, image.width) };
}

/** The piece of an image that is trained on. */
export interface Crop {
  readonly top: number;
  readonly left: number;
  /** Whether it is mirrored left to right. */
  readonly isFlipped: boolean;
}

/** Draws a piece of an image. */
export function drawCrop(
  image: Pick<ImageShape, 'height' | 'width'>,
  piece: Pick<ImageShape, 'height' | 'width'>,
  flip: boolean,
  random: Random,
): Crop {
  const place = (whole: number, part: number) =>
    whole > part ? random.integer(whole - part + 1) : 0;
  return {
    top: place(image.height, piece.height),
    left: place(image.width, piece.width),
    isFlipped: flip && random.uniform() < 0.5,
  };
}

/** Copies a piece [height, width, channels] of an image into `target` from place `to`. */
export function copyCrop(
  { values, image }: { readonly values: Float32Array; readonly image: ImageShape },
  piece: Pick<ImageShape, 'height' | 'width'>,
  { top, left, isFlipped }: Crop,
  target: Float32Array,
  to: number,
): void {
  const { width, channels } = image;
  for (let y = 0; y < piece.height; y++) {
    for (let x = 0; x < piece.width; x++) {
      const column = left + (isFlipped ? piece.width - 1 - x : x);
      const from = ((top + y) * width + column) * channels;
      const at = to + (y * piece.width + x) * channels;
      for (let k = 0; k < channels; k++) target[at + k] = values[from + k] as number;
    }
  }
}
