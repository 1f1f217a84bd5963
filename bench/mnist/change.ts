import type { ImageShape } from '../../src/encode/image/layout.js';
import type { Random } from '../../src/random.js';

/**
 * Classical augmentation of digits: each image [height, width, 1] is turned by at most 15° and moved
 * by at most 2 pixels, to places between pixels; what comes in is black.
 */
export function moveDigits(random: Random) {
  return (pixels: Float32Array, { height, width }: ImageShape): void => {
    const size = height * width;
    for (let at = 0; at < pixels.length; at += size) {
      const image = pixels.slice(at, at + size);
      const angle = ((2 * random.uniform() - 1) * Math.PI) / 12;
      const [right, down] = [4 * random.uniform() - 2, 4 * random.uniform() - 2];
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const pixel = (y: number, x: number) =>
        y < 0 || x < 0 || y >= height || x >= width ? -1 : (image[y * width + x] as number);
      for (let k = 0; k < size; k++) {
        const y = Math.floor(k / width) - (height - 1) / 2 - down;
        const x = (k % width) - (width - 1) / 2 - right;
        const [v, u] = [cos * y - sin * x + (height - 1) / 2, sin * y + cos * x + (width - 1) / 2];
        const [top, left] = [Math.floor(v), Math.floor(u)];
        const [b, a] = [v - top, u - left];
        pixels[at + k] =
          (1 - b) * ((1 - a) * pixel(top, left) + a * pixel(top, left + 1)) +
          b * ((1 - a) * pixel(top + 1, left) + a * pixel(top + 1, left + 1));
      }
    }
  };
}
