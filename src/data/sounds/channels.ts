import { DataError } from '../../errors.js';
import type { Sound } from './sound.js';

/**
 * A sound with another number of channels: several become one by their mean, and one becomes several
 * that are alike.
 *
 * @param name names the sound in messages.
 * @throws DataError for other changes, which have no one answer.
 */
export function withChannels(sound: Sound, channels: number, name: string): Sound {
  if (channels === sound.channels) return sound;
  const length = sound.values.length / sound.channels;
  const values = new Float32Array(length * channels);
  if (channels !== 1 && sound.channels !== 1) {
    throw new DataError(
      `sound has ${sound.channels} channels, which cannot become ${channels}: ${name}. Say channels: 1`,
    );
  }
  for (let at = 0; at < length; at++) {
    const moment = sound.values.subarray(at * sound.channels, (at + 1) * sound.channels);
    const mean = moment.reduce((sum, value) => sum + value, 0) / moment.length;
    values.fill(mean, at * channels, (at + 1) * channels);
  }
  return { rate: sound.rate, channels, values };
}
