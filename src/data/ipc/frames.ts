import { Message, MessageHeader } from 'apache-arrow';
import { FormatError } from '../../errors.js';
import { reasonOf } from '../reason.js';
import type { ByteQueue } from './byte-queue.js';
import { decompressMessage } from './decompress.js';
import { explainUnsupported } from './unsupported-type.js';
import { verifyMessage } from './verify.js';

const continuation = -1;
/** No schema needs as much; a length beyond it is the start of something else. */
const largestMetadata = 2 ** 28;
/** Rows of a batch, at most, as Arrow has it; columns without bytes, such as nulls, could claim more. */
const mostRows = 2 ** 31 - 1;

/** What stands before the length of every message, and before the length 0 that ends a stream. */
const marker = Uint8Array.of(255, 255, 255, 255);

/**
 * The bytes of an IPC stream, a message at a time: bodies are decompressed and not looked into
 * further. Each piece but the last ends with the marker of the message after it, since arrow-js's
 * reader asks for another piece before it gives the last byte of what it has: it would hold a
 * message that nobody has asked for.
 *
 * arrow-js's reader takes a stream that breaks off for one that ends. Here it may only break off
 * between messages: the format leaves the end-of-stream marker to writers, and some just close.
 *
 * @param name names the stream in messages.
 * @throws FormatError if it is no such stream, breaks off, or is damaged.
 */
export async function* readFrames(
  name: string,
  queue: ByteQueue,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let index = 0; ; index++) {
    const length = await readLength(name, queue, index);
    if (length === 0) return yield lengthBytes(0);
    const metadata = await queue.take(length);
    if (metadata.length < length) throw cutShort(name, index);
    const message = decode(name, index, metadata);
    const { headerType: kind, bodyLength } = message;
    const body = await queue.take(bodyLength);
    if (body.length < bodyLength) throw cutShort(name, index);
    if ((kind === MessageHeader.Schema) !== (index === 0)) {
      throw damaged(name, index, 'a schema must come first, and once');
    }
    const plain = await decompressMessage(message, body).catch((cause: Error) => {
      throw damaged(name, index, reasonOf(cause), cause);
    });
    const parts = plain ?? { metadata, body };
    const prefix = [marker, lengthBytes(parts.metadata.length)];
    const bytes = Buffer.concat([...prefix, parts.metadata, parts.body, marker]);
    // With the marker that went before, so that bodies lie at multiples of 8 bytes.
    yield index === 0 ? bytes : bytes.subarray(marker.length);
  }
}

/** The length of the next message's metadata; 0 at the end of the stream. */
async function readLength(name: string, queue: ByteQueue, index: number) {
  let bytes = await queue.take(4);
  if (bytes.length === 0 && index === 0) {
    throw new FormatError(`Arrow IPC stream is empty: ${name}. Even no rows need a schema.`);
  }
  if (bytes.length === 0) return 0;
  // Before version 0.15 of the format there was no continuation marker.
  if (readInt(bytes) === continuation) bytes = Buffer.concat([bytes, await queue.take(4)]);
  const length = readInt(bytes.subarray(-4));
  if (length === undefined || bytes.length % 4 !== 0) throw cutShort(name, index);
  const isSound = length >= 0 && length <= largestMetadata;
  // A stream that ends before its schema is none.
  if (!isSound || (length === 0 && index === 0)) {
    if (index > 0) throw damaged(name, index, `its length is ${length}`);
    throw new FormatError(
      `file is not an Arrow IPC stream: ${name} (it starts with ${Buffer.from(bytes).toString('hex')}). Check the path.`,
    );
  }
  return length;
}

function decode(name: string, index: number, metadata: Uint8Array) {
  try {
    verifyMessage(metadata);
    const message = Message.decode(metadata);
    const { bodyLength } = message;
    if (!Number.isSafeInteger(bodyLength) || bodyLength < 0) {
      throw new RangeError(`its body has ${bodyLength} bytes`);
    }
    const rows = message.isRecordBatch() ? message.header().length : 0;
    if (!Number.isSafeInteger(rows) || rows < 0 || rows > mostRows) {
      throw new RangeError(`it has ${rows} rows`);
    }
    return message;
  } catch (cause) {
    throw explainUnsupported(name, cause) ?? damaged(name, index, reasonOf(cause), cause);
  }
}

function lengthBytes(length: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(length);
  return bytes;
}

function readInt(bytes: Uint8Array): number | undefined {
  return bytes.length < 4 ? undefined : Buffer.from(bytes).readInt32LE(0);
}

function cutShort(name: string, index: number): FormatError {
  return new FormatError(
    `Arrow IPC stream is cut short: ${name} (in message ${index}, before its end marker). Write or copy it again.`,
  );
}

function damaged(name: string, index: number, reason: string, cause?: unknown): FormatError {
  return new FormatError(
    `Arrow IPC stream is damaged: ${name} (message ${index}: ${reason}). Write or copy it again.`,
    cause === undefined ? undefined : { cause },
  );
}
