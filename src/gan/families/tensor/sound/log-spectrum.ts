import {
  add,
  concat,
  log,
  matMul,
  mul,
  pad,
  reshape,
  slice,
  square,
  type Tensor,
  type Tensor3D,
  tensor2d,
  transpose,
} from '@tensorflow/tfjs-core';

/** Samples of a frame, and from one frame to the next. */
const [window, hop] = [256, 128] as const;

/** Bins of a frame, without that of Nyquist. */
export const spectrumBins = window / 2;

/** Frames of so many samples. */
export function spectrumFrames(samples: number): number {
  return Math.ceil(samples / hop);
}

/**
 * The logarithm of the short-time power spectrum, in tfjs ops: waveforms [rows, samples, channels] →
 * [rows, frames, bins, channels] of numbers in about [−1, 1].
 */
export function logSpectrum(x: Tensor): Tensor {
  const [rows = 0, samples = 0, channels = 0] = x.shape;
  const frames = spectrumFrames(samples);
  const lines = reshape(transpose(x, [0, 2, 1]), [rows * channels, samples]);
  // Frames are two hops long, and their middles are those of the hops.
  const padded = pad(lines, [
    [0, 0],
    [hop / 2, frames * hop - samples + hop / 2],
  ]);
  const hops = reshape(padded, [rows * channels, frames + 1, hop]) as Tensor3D;
  const part = (from: number) => slice(hops, [0, from, 0], [rows * channels, frames, hop]);
  const framed = reshape(concat([part(0), part(1)], 2), [rows * channels * frames, window]);
  const power = (wave: (angle: number) => number) =>
    square(matMul(framed as never, waves(wave)) as Tensor);
  const energy = add(power(Math.cos), power(Math.sin));
  const scaled = mul(add(log(add(energy, 1e-4)), 4), 0.2);
  return transpose(reshape(scaled, [rows, channels, frames, spectrumBins]), [0, 2, 3, 1]);
}

/** Windowed waves [window, bins], one a bin. */
function waves(wave: (angle: number) => number) {
  const values = new Float32Array(window * spectrumBins);
  for (let k = 0; k < window; k++) {
    const share = 0.5 - 0.5 * Math.cos((2 * Math.PI * (k + 0.5)) / window);
    for (let bin = 0; bin < spectrumBins; bin++) {
      values[k * spectrumBins + bin] = share * wave((2 * Math.PI * k * bin) / window);
    }
  }
  return tensor2d(values, [window, spectrumBins]);
}
