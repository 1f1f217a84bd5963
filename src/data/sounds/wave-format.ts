import { FormatError } from '../../errors.js';

/** How the numbers of a WAV file lie in its bytes. */
export interface WaveFormat {
  readonly kind: 'integer' | 'float';
  readonly rate: number;
  readonly channels: number;
  /** Bytes of one number. */
  readonly width: number;
}

/** Names of formats that are met and not read. */
const otherFormats: Readonly<Record<number, string>> = {
  2: 'Microsoft ADPCM',
  6: 'A-law',
  7: 'µ-law',
  17: 'IMA ADPCM',
  49: 'GSM 6.10',
  85: 'MP3',
};

const extensible = 0xfffe;
/** The end of the identifiers by which an extensible format names one of the old formats. */
const oldFormats = '000000001000800000aa00389b71';

const mostChannels = 64;

/**
 * Reads the chunk 'fmt ' of a WAV file: PCM of 8, 16, 24 or 32 bits, or floats of 32 or 64.
 *
 * @throws FormatError for other formats, and for numbers that contradict each other.
 */
export function readWaveFormat(chunk: Uint8Array, name: string): WaveFormat {
  const refuse = (problem: string, remedy = 'Convert it to PCM of 16 bits') => {
    throw new FormatError(`sound cannot be read: ${name} (${problem}). ${remedy}`);
  };
  if (chunk.length < 16) refuse(`its format has ${chunk.length} bytes of 16`, 'Write it again');
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const number = (at: number) => view.getUint16(at, true);
  const tag = number(0) === extensible ? extendedTag(chunk) : number(0);
  const [channels, rate, block, bits] = [
    number(2),
    view.getUint32(4, true),
    number(12),
    number(14),
  ];
  if (tag !== 1 && tag !== 3) {
    refuse(`it is in the format ${otherFormats[tag ?? -1] ?? tag ?? 'of an unknown extension'}`);
  }
  const widths = tag === 1 ? [8, 16, 24, 32] : [32, 64];
  if (!widths.includes(bits)) refuse(`it has ${bits} bits a number, ${widths.join(', ')} are read`);
  if (channels === 0 || channels > mostChannels) {
    refuse(`it has ${channels} channels`, `There can be 1 to ${mostChannels}`);
  }
  if (rate === 0) refuse('its sample rate is 0', 'Write it again');
  const width = bits / 8;
  if (block !== width * channels) {
    refuse(`its blocks have ${block} bytes, not ${width * channels}`, 'Write it again');
  }
  return { kind: tag === 1 ? 'integer' : 'float', rate, channels, width };
}

/** The format that an extensible one stands for, if it is an old one. */
function extendedTag(chunk: Uint8Array): number | undefined {
  if (chunk.length < 40) return undefined;
  const end = [...chunk.subarray(26, 40)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return end === oldFormats ? (chunk[24] as number) + 256 * (chunk[25] as number) : undefined;
}
