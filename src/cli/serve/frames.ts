import type { ByteQueue } from '../../data/ipc/byte-queue.js';
import { FormatError } from '../../errors.js';

/** The kinds of frames, by what they are for; on the wire each is one ASCII letter. */
export const frameTypes = {
  /** Worker: the model is loaded. JSON. */
  ready: 'R',
  /** Client: a stream begins. JSON of its options. */
  start: 'S',
  /** Worker: the options are taken, and no byte of the stream has been read. */
  started: 'A',
  /** Bytes of an Arrow IPC stream, of any number. */
  data: 'D',
  /** The stream is whole. From the worker JSON of its counts. */
  end: 'E',
  /** Client: the stream will not become whole. */
  cancel: 'C',
  /** Worker: the stream has failed. JSON of code and message. */
  failed: 'X',
} as const;

/** A letter that names the kind of a frame. */
export type FrameType = (typeof frameTypes)[keyof typeof frameTypes];

/** The head of a frame: its type and how many bytes follow. */
export interface FrameHead {
  readonly type: string;
  readonly length: number;
}

/** Bytes of a head: the letter, and the length as a little-endian uint32. */
const headBytes = 5;

/** Bytes of JSON, at most. */
const mostJson = 2 ** 24;

/** A frame in bytes: [letter, length, payload]. */
export function encodeFrame(type: FrameType, payload: Uint8Array | object = {}): Uint8Array {
  const body = payload instanceof Uint8Array ? payload : Buffer.from(JSON.stringify(payload));
  const frame = Buffer.allocUnsafe(headBytes + body.byteLength);
  frame.write(type, 0, 'latin1');
  frame.writeUInt32LE(body.byteLength, 1);
  frame.set(body, headBytes);
  return frame;
}

/**
 * Reads the head of the next frame; `undefined` where the bytes end between frames.
 *
 * @throws FormatError where they end within a head.
 */
export async function readHead(bytes: ByteQueue): Promise<FrameHead | undefined> {
  const head = Buffer.from(await bytes.take(headBytes));
  if (head.length === 0) return undefined;
  if (head.length < headBytes) throw cutShort();
  return { type: head.toString('latin1', 0, 1), length: head.readUInt32LE(1) };
}

/**
 * Reads the payload of a frame as JSON.
 *
 * @throws FormatError where it is none, or too long to be one.
 */
export async function readJson(bytes: ByteQueue, { length }: FrameHead): Promise<unknown> {
  if (length > mostJson) throw new FormatError(`frame of JSON has too many bytes: ${length}`);
  const body = await bytes.take(length);
  if (body.length < length) throw cutShort();
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch (cause) {
    throw new FormatError(`frame holds no JSON: ${(cause as Error).message}`, { cause });
  }
}

/** Bytes ended within a frame: whoever writes them has gone away. */
export function cutShort(): FormatError {
  return new FormatError('input ends in the middle of a stream. Whoever writes it has gone away');
}
