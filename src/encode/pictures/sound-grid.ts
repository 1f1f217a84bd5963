import type { Image } from '../../data/images/image.js';
import type { Sounds } from '../../data/sounds/read-column.js';
import { assertGiven } from '../../options/given.js';
import { drawSounds } from './draw-sounds.js';

/**
 * Sounds as one grey image, side by side: of each its waveform, and below it its spectrogram, low
 * frequencies at the bottom, 80 decibels from black to white. Shorter sounds end in silence; a null
 * one leaves its place empty.
 *
 * @example
 * const png = await encodePng(soundGrid(readSoundColumn(batch, 'sound'), { columns: 8 }));
 */
export function soundGrid(
  sounds: Sounds,
  options: {
    /** Sounds side by side. Default: as many as make the image about square. */
    columns?: number | undefined;
  } = {},
): Image {
  assertGiven(sounds, 'sounds', 'sounds, as readSoundColumn gives them');
  const { columns = Math.max(Math.ceil(Math.sqrt(sounds.rows)), 1) } = options;
  const all = Array.from({ length: sounds.rows }, (_, row) => sounds.at(row));
  const lengths = all.map((sound) => (sound ? sound.values.length / sound.channels : 0));
  const samples = Math.max(...lengths, 1);
  const values = new Float32Array(all.length * samples);
  for (const [row, sound] of all.entries()) {
    for (let k = 0; sound && k < (lengths[row] as number); k++) {
      values[row * samples + k] = sound.values[k * sound.channels] as number;
    }
  }
  return drawSounds(values, { samples, channels: 1, columns });
}
