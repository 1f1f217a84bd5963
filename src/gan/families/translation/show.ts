import type { ImageShape } from '../../../encode/image/layout.js';

/** Colours of labels that lie far apart: hues a golden angle from each other. */
function colorOf(label: number): [number, number, number] {
  if (label === 0) return [-1, -1, -1];
  const hue = (label * 0.618034) % 1;
  const channel = (shift: number) => Math.cos(2 * Math.PI * (hue - shift));
  return [channel(0), channel(1 / 3), channel(2 / 3)];
}

/**
 * An image of any number of channels in [−1, 1] as one of three, for people: grey and colour as they
 * are, maps of labels in colours, of other images the first three channels.
 *
 * @param from Where the image begins in `values`.
 */
export function showImage(
  values: Float32Array,
  from: number,
  { height, width, channels }: ImageShape,
  isLabelMap: boolean,
): Float32Array {
  const shown = new Float32Array(height * width * 3);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const at = from + pixel * channels;
    const own = values.subarray(at, at + channels);
    shown.set(isLabelMap ? colorOf(own.indexOf(Math.max(...own))) : colorsIn(own), pixel * 3);
  }
  return shown;
}

function colorsIn(pixel: Float32Array): readonly number[] {
  const [first = 0, second = first, third = first] = pixel;
  return pixel.length < 3 ? [first, first, first] : [first, second, third];
}
