import { createFourier } from './fft.js';

/** Complex numbers of [frames, bins]: bin k is the frequency k · rate / window. */
export interface Spectrum {
  readonly frames: number;
  readonly bins: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The short-time Fourier transform with some window, and its inverse. */
export interface ShortTimeFourier {
  /** window / 2 + 1, from 0 to the Nyquist frequency. */
  readonly bins: number;
  /** ⌈samples / hop⌉. */
  framesOf(samples: number): number;
  forward(signal: ArrayLike<number>): Spectrum;
  /** The signal of `samples` samples whose transform is nearest (Griffin and Lim 1984, equation 6). */
  inverse(spectrum: Spectrum, samples: number): Float64Array;
}

/**
 * A short-time Fourier transform with a Hann window. Frame t is centred at the middle of hop t, so
 * that there is a frame for each hop and all samples weigh; outside of the signal there is silence.
 *
 * @param window Samples of a frame, a power of two.
 * @param hop Samples from one frame to the next; at most half a window.
 */
export function createShortTimeFourier(window: number, hop: number): ShortTimeFourier {
  const fourier = createFourier(window);
  const bins = window / 2 + 1;
  const lead = (window - hop) / 2;
  const hann = Float64Array.from(
    { length: window },
    (_, k) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (k + 0.5)) / window),
  );
  const framesOf = (samples: number) => Math.ceil(samples / hop);
  const [re, im] = [new Float64Array(window), new Float64Array(window)];
  return {
    bins,
    framesOf,
    forward(signal) {
      const frames = framesOf(signal.length);
      const made = { re: new Float64Array(frames * bins), im: new Float64Array(frames * bins) };
      for (let frame = 0; frame < frames; frame++) {
        const start = frame * hop - lead;
        for (let k = 0; k < window; k++) re[k] = (signal[start + k] ?? 0) * (hann[k] as number);
        im.fill(0);
        fourier.forward(re, im);
        made.re.set(re.subarray(0, bins), frame * bins);
        made.im.set(im.subarray(0, bins), frame * bins);
      }
      return { frames, bins, ...made };
    },
    inverse(spectrum, samples) {
      const signal = new Float64Array(samples);
      const weight = new Float64Array(samples);
      for (let frame = 0; frame < spectrum.frames; frame++) {
        for (let k = 0; k < bins; k++) {
          re[k] = spectrum.re[frame * bins + k] as number;
          im[k] = spectrum.im[frame * bins + k] as number;
        }
        // A real signal's spectrum is symmetric.
        for (let k = bins; k < window; k++) {
          re[k] = re[window - k] as number;
          im[k] = -(im[window - k] as number);
        }
        fourier.inverse(re, im);
        const start = frame * hop - lead;
        for (let k = Math.max(0, -start); k < window && start + k < samples; k++) {
          const share = hann[k] as number;
          signal[start + k] = (signal[start + k] as number) + share * (re[k] as number);
          weight[start + k] = (weight[start + k] as number) + share ** 2;
        }
      }
      return signal.map((value, at) => value / Math.max(weight[at] as number, 1e-8));
    },
  };
}
