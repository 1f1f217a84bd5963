import { FormatError } from '../../errors.js';

/** A chunk of a RIFF file: what it is, and where its bytes are. */
export interface Chunk {
  /** Four characters: 'fmt ', 'data', … */
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The size that a writer leaves which did not know it, such as one to a pipe. */
const unknownSize = 0xffffffff;

/**
 * The chunks of a RIFF file of WAVE, in order.
 *
 * @param name names the file in messages.
 * @throws FormatError for other formats, and for a chunk that the bytes end in.
 */
export function* waveChunks(bytes: Uint8Array, name: string): Generator<Chunk, void, undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  const form = text(0);
  if (form === 'RF64' || form === 'RIFX') {
    throw new FormatError(
      `sound is WAVE of a kind that is not read: ${name} (${form}). Convert it`,
    );
  }
  if (bytes.length < 12 || form !== 'RIFF' || text(8) !== 'WAVE') {
    throw new FormatError(`sound is no WAV file: ${name}. Convert it to WAV`);
  }
  for (let at = 12; at + 8 <= bytes.length; ) {
    const id = text(at);
    const stated = view.getUint32(at + 4, true);
    const left = bytes.length - at - 8;
    const size = stated === unknownSize && id === 'data' ? left : stated;
    if (size > left) {
      throw new FormatError(
        `sound is cut short: ${name} (chunk '${id}' has ${left} bytes of ${size}). Fetch it again`,
      );
    }
    yield { id, bytes: bytes.subarray(at + 8, at + 8 + size) };
    // Chunks begin at even places.
    at += 8 + size + (size % 2);
  }
}
