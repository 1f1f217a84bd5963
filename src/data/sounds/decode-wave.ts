import { FormatError } from '../../errors.js';
import { assertGiven } from '../../options/given.js';
import { waveChunks } from './riff.js';
import type { Sound } from './sound.js';
import { readWaveFormat, type WaveFormat } from './wave-format.js';

/** A sound as a file has it. */
export interface DecodedSound extends Sound {
  /** Whether 16-bit integers hold all its numbers as they are. */
  readonly fitsInt16: boolean;
}

/**
 * The sound in the bytes of a WAV file: PCM of 8, 16, 24 or 32 bits or floats, of any number of
 * channels. Integers are divided by the largest that their width has, so that they are in [−1, 1);
 * 32 bits lose what float32 does not hold.
 *
 * @param name names the file in messages.
 * @throws FormatError if the bytes are in another format, cut short or damaged.
 */
export function decodeWave(bytes: Uint8Array, name: string): DecodedSound {
  assertGiven(bytes, 'bytes', 'the bytes of a WAV file');
  let format: WaveFormat | undefined;
  for (const chunk of waveChunks(bytes, name)) {
    if (chunk.id === 'fmt ') format = readWaveFormat(chunk.bytes, name);
    if (chunk.id !== 'data') continue;
    if (!format) break;
    const { kind, rate, channels, width } = format;
    if (chunk.bytes.length % (width * channels) !== 0) {
      throw new FormatError(
        `sound ends within a moment: ${name}. Fetch it again, or write it anew`,
      );
    }
    const values = readNumbers(chunk.bytes, format);
    if (kind === 'float' && !values.every(Number.isFinite)) {
      throw new FormatError(`sound has a number that is not finite: ${name}. Write it anew`);
    }
    return { rate, channels, values, fitsInt16: kind === 'integer' && width <= 2 };
  }
  const missing = format ? 'data' : 'format';
  throw new FormatError(`sound has no ${missing}: ${name}. Fetch it again, or write it anew`);
}

function readNumbers(bytes: Uint8Array, { kind, width }: WaveFormat): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(bytes.length / width);
  const read = kind === 'float' ? floatReader(view, width) : integerReader(view, width);
  for (let k = 0; k < values.length; k++) values[k] = read(k * width);
  return values;
}

function floatReader(view: DataView, width: number): (at: number) => number {
  return width === 4 ? (at) => view.getFloat32(at, true) : (at) => view.getFloat64(at, true);
}

function integerReader(view: DataView, width: number): (at: number) => number {
  // Numbers of 8 bits alone are unsigned, around 128.
  if (width === 1) return (at) => (view.getUint8(at) - 128) / 2 ** 7;
  if (width === 2) return (at) => view.getInt16(at, true) / 2 ** 15;
  if (width === 3)
    return (at) => (view.getUint16(at, true) / 2 ** 8 + view.getInt8(at + 2) * 2 ** 8) / 2 ** 15;
  return (at) => view.getInt32(at, true) / 2 ** 31;
}
