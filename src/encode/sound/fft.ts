/** A discrete Fourier transform of one size, in place. */
export interface Fourier {
  readonly size: number;
  /** Transforms the complex numbers re + i·im, each `size` long. */
  forward(re: Float64Array, im: Float64Array): void;
  /** Undoes `forward`. */
  inverse(re: Float64Array, im: Float64Array): void;
}

/** The fast Fourier transform (Cooley and Tukey 1965) for a power of two. */
export function createFourier(size: number): Fourier {
  const bits = Math.log2(size);
  if (!Number.isInteger(bits)) throw new RangeError(`no power of two: ${size}`);
  const reversed = Uint32Array.from({ length: size }, (_, k) => reverseBits(k, bits));
  const cos = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sin = Float64Array.from({ length: size / 2 }, (_, k) => Math.sin((2 * Math.PI * k) / size));

  function forward(re: Float64Array, im: Float64Array): void {
    permute(re, reversed);
    permute(im, reversed);
    for (let half = 1; half < size; half *= 2) {
      const step = size / (2 * half);
      for (let start = 0; start < size; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const [c, s] = [cos[k * step] as number, sin[k * step] as number];
          const [upper, lower] = [start + k, start + k + half];
          const [a, b] = [re[lower] as number, im[lower] as number];
          const [x, y] = [a * c + b * s, b * c - a * s];
          re[lower] = (re[upper] as number) - x;
          im[lower] = (im[upper] as number) - y;
          re[upper] = (re[upper] as number) + x;
          im[upper] = (im[upper] as number) + y;
        }
      }
    }
  }

  return {
    size,
    forward,
    inverse(re, im) {
      // Real and imaginary parts exchanged turn one direction into the other.
      forward(im, re);
      for (let k = 0; k < size; k++) {
        re[k] = (re[k] as number) / size;
        im[k] = (im[k] as number) / size;
      }
    },
  };
}

function reverseBits(value: number, bits: number): number {
  let reversed = 0;
  for (let bit = 0; bit < bits; bit++) reversed |= ((value >> bit) & 1) << (bits - 1 - bit);
  return reversed;
}

function permute(values: Float64Array, places: Uint32Array): void {
  for (let k = 0; k < places.length; k++) {
    const other = places[k] as number;
    if (other > k) [values[k], values[other]] = [values[other] as number, values[k] as number];
  }
}
