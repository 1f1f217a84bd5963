import { createShortTimeFourier, type ShortTimeFourier } from './stft.js';

/** How a sound is seen as a picture. */
export interface MelOptions {
  /** Samples a second. */
  readonly rate: number;
  /** Samples of a frame, a power of two. Default: 256. */
  readonly window?: number | undefined;
  /** Samples from one frame to the next. Default: half a window. */
  readonly hop?: number | undefined;
  /** Default: 40. */
  readonly bands?: number | undefined;
}

/** The logarithms of energies in bands of frequencies that ears tell apart. */
export interface LogMel {
  readonly bands: number;
  framesOf(samples: number): number;
  /** A signal of one channel → log(energy + 1e-6), [frames, bands], the lowest band first. */
  of(signal: ArrayLike<number>): Float32Array;
}

/** Below this energy there is silence. */
const floor = 1e-6;

/** Log-mel spectra with triangular filters (Davis and Mermelstein 1980; the scale of O'Shaughnessy 1987). */
export function createLogMel({
  rate,
  window = 256,
  hop = window / 2,
  bands = 40,
}: MelOptions): LogMel {
  const transform = createShortTimeFourier(window, hop);
  const filters = melFilters(rate, window, bands);
  return {
    bands,
    framesOf: transform.framesOf,
    of: (signal) => energiesOf(transform, filters, bands, signal),
  };
}

function energiesOf(
  transform: ShortTimeFourier,
  filters: Float64Array,
  bands: number,
  signal: ArrayLike<number>,
): Float32Array {
  const { frames, bins, re, im } = transform.forward(signal);
  const energies = new Float32Array(frames * bands);
  for (let frame = 0; frame < frames; frame++) {
    for (let band = 0; band < bands; band++) {
      let energy = 0;
      for (let bin = 0; bin < bins; bin++) {
        const share = filters[band * bins + bin] as number;
        if (share === 0) continue;
        const at = frame * bins + bin;
        energy += share * ((re[at] as number) ** 2 + (im[at] as number) ** 2);
      }
      energies[frame * bands + band] = Math.log(energy + floor);
    }
  }
  return energies;
}

/**
 * Triangles [bands, bins] whose corners are evenly spaced in mel, from 0 to the Nyquist frequency;
 * each begins and ends at its neighbours' tops.
 */
export function melFilters(rate: number, window: number, bands: number): Float64Array {
  const bins = window / 2 + 1;
  const top = toMel(rate / 2);
  const corner = (k: number) => fromMel((top * k) / (bands + 1));
  const filters = new Float64Array(bands * bins);
  for (let band = 0; band < bands; band++) {
    const [low, middle, high] = [corner(band), corner(band + 1), corner(band + 2)];
    for (let bin = 0; bin < bins; bin++) {
      const frequency = (bin * rate) / window;
      const rising = (frequency - low) / (middle - low);
      const falling = (high - frequency) / (high - middle);
      filters[band * bins + bin] = Math.max(0, Math.min(rising, falling));
    }
  }
  return filters;
}

const toMel = (frequency: number) => 2595 * Math.log10(1 + frequency / 700);
const fromMel = (mel: number) => 700 * (10 ** (mel / 2595) - 1);
