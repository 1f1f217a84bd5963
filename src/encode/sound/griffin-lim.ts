import { createRandom } from '../../random.js';
import type { ShortTimeFourier, Spectrum } from './stft.js';

/**
 * A signal whose spectrum has the given magnitudes, about (Griffin and Lim 1984). The phases start
 * random, the same for all signals, so that equal magnitudes give equal signals.
 *
 * @param magnitude [frames, bins] of `transform`.
 * @param samples Length of the signal.
 */
export function invertMagnitude(
  transform: ShortTimeFourier,
  magnitude: Float64Array,
  samples: number,
  iterations: number,
): Float64Array {
  const { bins } = transform;
  const frames = magnitude.length / bins;
  const phases = createRandom('phases').fillUniform(new Float32Array(magnitude.length));
  const start = (of: (angle: number) => number) =>
    magnitude.map((value, at) => value * of(2 * Math.PI * (phases[at] as number)));
  let spectrum: Spectrum = { frames, bins, re: start(Math.cos), im: start(Math.sin) };
  for (let k = 0; k < iterations; k++) {
    const { re, im } = transform.forward(transform.inverse(spectrum, samples));
    for (let at = 0; at < magnitude.length; at++) {
      const length = Math.hypot(re[at] as number, im[at] as number) || 1;
      re[at] = ((magnitude[at] as number) * (re[at] as number)) / length;
      im[at] = ((magnitude[at] as number) * (im[at] as number)) / length;
    }
    spectrum = { frames, bins, re, im };
  }
  return transform.inverse(spectrum, samples);
}
