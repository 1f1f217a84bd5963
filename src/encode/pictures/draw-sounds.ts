import { imageGrid } from '../../data/images/grid.js';
import type { Image } from '../../data/images/image.js';
import { createShortTimeFourier } from '../sound/stft.js';

/** Pixels of a picture: its width, the waveform's height and the spectrogram's. */
const [width, waveHeight, spectrumHeight] = [96, 32, 64] as const;
const height = waveHeight + spectrumHeight;
const size = width * height;

/** Decibels between black and white. */
const range = 80;

/** How sounds lie in memory, and how they are laid out. */
export interface DrawSoundsOptions {
  readonly samples: number;
  /** The first channel is drawn. */
  readonly channels: number;
  /** Sounds side by side. */
  readonly columns: number;
}

/**
 * Sounds [rows, samples, channels] of numbers in [−1, 1] as one grey image, side by side: of each
 * its waveform, and below it its spectrogram, low frequencies at the bottom.
 */
export function drawSounds(
  values: Float32Array,
  { samples, channels, columns }: DrawSoundsOptions,
): Image {
  const rows = values.length / (samples * channels);
  const pixels = new Uint8Array(rows * size);
  for (let row = 0; row < rows; row++) {
    const signal = Float32Array.from(
      { length: samples },
      (_, k) => values[(row * samples + k) * channels] as number,
    );
    const picture = pixels.subarray(row * size, (row + 1) * size);
    drawWaveform(signal, picture);
    drawSpectrum(signal, picture.subarray(waveHeight * width));
  }
  const at = (row: number) => pixels.subarray(row * size, (row + 1) * size);
  const shape = [height, width];
  const all = { element: 'uint8', shape, rows, values: pixels, at, logicalAt: at } as const;
  return imageGrid({ ...all, isNull: () => false }, { columns });
}

/** The samples under a column of pixels. */
function under(signal: Float32Array, x: number): Float32Array {
  const place = (column: number) => Math.floor((column * signal.length) / width);
  return signal.subarray(place(x), Math.max(place(x + 1), place(x) + 1));
}

function drawWaveform(signal: Float32Array, pixels: Uint8Array): void {
  const row = (value: number) =>
    Math.round((1 - Math.max(-1, Math.min(1, value))) * 0.5 * (waveHeight - 1));
  for (let x = 0; x < width; x++) {
    const part = under(signal, x);
    const [top, bottom] = [row(Math.max(...part)), row(Math.min(...part))];
    for (let y = top; y <= bottom; y++) pixels[y * width + x] = 255;
  }
}

function drawSpectrum(signal: Float32Array, pixels: Uint8Array): void {
  const window = 2 * spectrumHeight;
  const { frames, bins, re, im } = createShortTimeFourier(window, window / 2).forward(signal);
  // A wave of full loudness has a quarter of the window.
  const full = (window / 4) ** 2;
  for (let x = 0; x < width; x++) {
    const frame = Math.min(Math.floor((x * frames) / width), frames - 1);
    for (let y = 0; y < spectrumHeight; y++) {
      const at = frame * bins + (spectrumHeight - 1 - y);
      const power = ((re[at] as number) ** 2 + (im[at] as number) ** 2) / full;
      const decibels = 10 * Math.log10(power + 1e-12);
      pixels[y * width + x] = Math.max(0, Math.min(255, 255 * (1 + decibels / range)));
    }
  }
}
