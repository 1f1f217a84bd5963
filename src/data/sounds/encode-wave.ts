import { InvalidOptionError } from '../../errors.js';
import { assertGiven } from '../../options/given.js';
import { type MadeBy, syntheticWords, syntheticXmp } from '../images/made-by.js';
import type { Sound } from './sound.js';

/**
 * A sound as the bytes of a WAV file: PCM of 16 bits, which every program plays. Numbers outside of
 * [−1, 1] are cut. Of one that a model has made the file says so: XMP with IPTC's digital source type, and a
 * comment.
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
  return riff([
    ['fmt ', formatChunk(rate, channels)],
    ['data', samplesOf(values)],
    ...(sound.madeBy ? marksOf(sound.madeBy) : []),
  ]);
}

/** A RIFF file of WAVE: what follows the samples is skipped by whoever does not know it. */
function riff(chunks: readonly (readonly [id: string, content: Uint8Array])[]): Uint8Array {
  const sizes = chunks.map(([, { length }]) => 8 + length + (length % 2));
  const bytes = new Uint8Array(12 + sizes.reduce((sum, size) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  bytes.set(ascii('RIFF'));
  view.setUint32(4, bytes.length - 8, true);
  bytes.set(ascii('WAVE'), 8);
  let at = 12;
  for (const [k, [id, content]] of chunks.entries()) {
    bytes.set(ascii(id), at);
    view.setUint32(at + 4, content.length, true);
    bytes.set(content, at + 8);
    at += sizes[k] as number;
  }
  return bytes;
}

function formatChunk(rate: number, channels: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(16));
  view.setUint16(0, 1, true);
  view.setUint16(2, channels, true);
  view.setUint32(4, rate, true);
  view.setUint32(8, rate * channels * 2, true);
  view.setUint16(12, channels * 2, true);
  view.setUint16(14, 16, true);
  return new Uint8Array(view.buffer);
}

function samplesOf(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * values.length));
  values.forEach((value, k) => {
    view.setInt16(2 * k, toInt16(value), true);
  });
  return new Uint8Array(view.buffer);
}

/** XMP, in the chunk that its specification (part 3) gives it, and a line for players that read no XMP. */
function marksOf(madeBy: MadeBy): [string, Uint8Array][] {
  const comment = ascii(`${syntheticWords(madeBy)}\0`);
  const padded = new Uint8Array(comment.length + (comment.length % 2));
  padded.set(comment);
  const info = new Uint8Array(12 + padded.length);
  info.set(ascii('INFOICMT'));
  new DataView(info.buffer).setUint32(8, comment.length, true);
  info.set(padded, 12);
  return [
    ['LIST', info],
    ['_PMX', ascii(syntheticXmp(madeBy))],
  ];
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A number in [−1, 1] as a 16-bit integer; NaN is silence. */
export function toInt16(value: number): number {
  return Math.max(-(2 ** 15), Math.min(2 ** 15 - 1, Math.round(value * 2 ** 15))) || 0;
}
