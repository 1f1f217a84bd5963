import { Message, MessageHeader } from 'apache-arrow';
import { FormatError } from '../../errors.js';
import type { ByteQueue } from './byte-queue.js';
import { decompressMessage } from './decompress.js';
import { explainUnsupported } from './unsupported-type.js';
import { verifyMessage } from './verify.js';

const continuation = -1;
/** No schema needs as much; a length beyond it is the start of something else. */
const largestMetadata = 2 ** 28;

/** One message of an IPC stream: its bytes, uncompressed and body included, and what it is. */
export interface Frame {
  readonly kind: MessageHeader;
  readonly bytes: Uint8Array;
}

/**
 * Cuts an IPC stream into its messages, whose bodies are decompressed and not looked into further.
 *
 * arrow-js's reader takes a stream that breaks off for one that ends. Here the end-of-stream marker
 * must be there; the format leaves it to writers, but all the usual ones write it.
 *
 * @param name names the stream in messages.
 * @throws FormatError if it is no such stream, breaks off, or is damaged.
 */
export async function* readFrames(
  name: string,
  queue: ByteQueue,
): AsyncGenerator<Frame, void, undefined> {
  for (let index = 0; ; index++) {
    const prefix = await readPrefix(name, queue, index);
    if (prefix.length === 0) return;
    const metadata = await queue.take(prefix.length);
    if (metadata.length < prefix.length) throw cutShort(name, index);
    const message = decode(name, index, metadata);
    const { headerType: kind, bodyLength } = message;
    const body = await queue.take(bodyLength);
    if (body.length < bodyLength) throw cutShort(name, index);
    if ((kind === MessageHeader.Schema) !== (index === 0)) {
      throw damaged(name, index, 'a schema must come first, and once');
    }
    const plain = await decompressMessage(message, body).catch((cause: Error) => {
      throw damaged(name, index, cause.message, cause);
    });
    const parts = plain
      ? [prefixOf(plain.metadata.length), plain.metadata, plain.body]
      : [prefix.bytes, metadata, body];
    yield { kind, bytes: Buffer.concat(parts) };
  }
}

async function readPrefix(name: string, queue: ByteQueue, index: number) {
  let bytes = await queue.take(4);
  if (bytes.length === 0 && index === 0) {
    throw new FormatError(`Arrow IPC stream is empty: ${name}. Even no rows need a schema.`);
  }
  // Before version 0.15 of the format there was no continuation marker.
  if (readInt(bytes) === continuation) bytes = Buffer.concat([bytes, await queue.take(4)]);
  const length = readInt(bytes.subarray(-4));
  if (length === undefined || bytes.length % 4 !== 0) throw cutShort(name, index);
  if (length < 0 || length > largestMetadata) {
    if (index > 0) throw damaged(name, index, `its length is ${length}`);
    throw new FormatError(
      `file is not an Arrow IPC stream: ${name} (it starts with ${Buffer.from(bytes).toString('hex')}). Check the path.`,
    );
  }
  return { length, bytes };
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
    if (!Number.isSafeInteger(rows) || rows < 0) throw new RangeError(`it has ${rows} rows`);
    return message;
  } catch (cause) {
    throw explainUnsupported(name, cause) ?? damaged(name, index, (cause as Error).message, cause);
  }
}

function prefixOf(length: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeInt32LE(continuation, 0);
  bytes.writeInt32LE(length, 4);
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
