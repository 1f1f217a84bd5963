import { InvalidOptionError } from '../../errors.js';
import { assertGiven } from '../../options/given.js';
import type { Sound } from './sound.js';

const headerBytes = 44;

/**
 * A sound as the bytes of a WAV file: PCM of 16 bits, which every program plays. Numbers outside of
 * [−1, 1] are cut.
 *
 * @throws InvalidOptionError for a rate or a number of channels that no WAV file has.
 */
export function encodeWave(sound: Sound): Uint8Array {
  assertGiven(sound, 'sound', 'a sound');
  const { rate, channels, values } = sound;
  const isCount = (value: number, most: number) =>
    Number.isSafeInteger(value) && value > 0 && value <= most;
  if (!isCount(rate, 2 ** 32 - 1) || !isCount(channels, 64) || values.length % channels !== 0) {
    throw new InvalidOptionError(
      `sound cannot be written as WAV: ${values.length} numbers of ${channels} channels at a rate of ` +
        `${rate}. Rate and channels are positive whole numbers`,
    );
  }
  const bytes = new Uint8Array(headerBytes + 2 * values.length);
  const view = new DataView(bytes.buffer);
  const put = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  put(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  put(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  put(36, 'data');
  view.setUint32(40, 2 * values.length, true);
  values.forEach((value, k) => {
    view.setInt16(headerBytes + 2 * k, toInt16(value), true);
  });
  return bytes;
}

/** A number in [−1, 1] as a 16-bit integer; NaN is silence. */
export function toInt16(value: number): number {
  return Math.max(-(2 ** 15), Math.min(2 ** 15 - 1, Math.round(value * 2 ** 15))) || 0;
}
