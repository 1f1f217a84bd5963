import { invertMagnitude } from './griffin-lim.js';
import { createShortTimeFourier } from './stft.js';

/** Samples of a frame, and from one frame to the next (SpecGAN, Donahue et al. 2019). */
const [window, hop] = [256, 128] as const;

/** Below this magnitude there is silence. */
const floor = 1e-6;

/** Standard deviations that are ±1; what is beyond is cut. */
const deviations = 3;

const iterations = 16;

/** Frequencies of a spectrogram: that of Nyquist is left out. */
export const spectrogramBins = window / 2;

/** Mean and standard deviation of the logarithm of the magnitude at each frequency. */
export interface BinScale {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

const transform = createShortTimeFourier(window, hop);

/** Frames of a spectrogram of so many samples. */
export function spectrogramFrames(samples: number): number {
  return transform.framesOf(samples);
}

/** The logarithm of the magnitudes of a signal of one channel, [frames, bins]. */
export function logMagnitude(signal: ArrayLike<number>): Float64Array {
  const { frames, bins, re, im } = transform.forward(signal);
  const values = new Float64Array(frames * spectrogramBins);
  for (let frame = 0; frame < frames; frame++) {
    for (let bin = 0; bin < spectrogramBins; bin++) {
      const at = frame * bins + bin;
      const magnitude = Math.hypot(re[at] as number, im[at] as number);
      values[frame * spectrogramBins + bin] = Math.log(magnitude + floor);
    }
  }
  return values;
}

/** The scale of some logarithms of magnitudes, each [frames, bins]. */
export function measureBins(spectra: Iterable<Float64Array>): BinScale {
  const [sum, squares] = [new Float64Array(spectrogramBins), new Float64Array(spectrogramBins)];
  let frames = 0;
  for (const values of spectra) {
    frames += values.length / spectrogramBins;
    values.forEach((value, at) => {
      const bin = at % spectrogramBins;
      sum[bin] = (sum[bin] as number) + value;
      squares[bin] = (squares[bin] as number) + value * value;
    });
  }
  const mean = Array.from(sum, (total) => total / frames);
  const deviation = Array.from(squares, (total, bin) =>
    Math.sqrt(Math.max(total / frames - (mean[bin] as number) ** 2, 1e-12)),
  );
  return { mean, deviation };
}

/** Logarithms of magnitudes → numbers in [−1, 1]. */
export function scaleBins(value: number, bin: number, { mean, deviation }: BinScale): number {
  const scaled = (value - (mean[bin] as number)) / (deviations * (deviation[bin] as number));
  return Math.max(-1, Math.min(1, scaled));
}

/** A scaled spectrogram of one channel → a signal that has it, about. */
export function signalOf(
  scaled: ArrayLike<number>,
  { mean, deviation }: BinScale,
  samples: number,
): Float64Array {
  const { bins } = transform;
  const frames = scaled.length / spectrogramBins;
  const magnitude = new Float64Array(frames * bins);
  for (let frame = 0; frame < frames; frame++) {
    for (let bin = 0; bin < spectrogramBins; bin++) {
      const value = Math.max(-1, Math.min(1, scaled[frame * spectrogramBins + bin] || 0));
      const log = value * deviations * (deviation[bin] as number) + (mean[bin] as number);
      magnitude[frame * bins + bin] = Math.max(Math.exp(log) - floor, 0);
    }
  }
  return invertMagnitude(transform, magnitude, samples, iterations);
}
