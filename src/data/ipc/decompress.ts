import { CompressionType, Message } from 'apache-arrow';
import { BufferRegion, DictionaryBatch, RecordBatch } from 'apache-arrow/ipc/metadata/message';
import { ZSTDDecoder } from 'zstddec';
import { decompressLz4 } from './lz4.js';

/** Bytes before a compressed buffer: how long it is uncompressed. */
const prefixBytes = 8;
const storedAsItIs = -1;
const alignment = 64;

/** No buffer of more bytes is decompressed: the decoder of zstd lives in 4 GiB of WebAssembly. */
const largestBuffer = 2 ** 30;

/**
 * The buffers of one message become no more bytes than these, or than so many times those that they
 * come from: of what is all alike very few bytes can become very many.
 */
const largestMessage = { bytes: 2 ** 28, ratio: 200 } as const;

/** What a byte can become at most; a claim beyond that is a lie, found out before memory is taken. */
const largestRatio: Readonly<Record<number, number>> = {
  [CompressionType.LZ4_FRAME]: 255,
  [CompressionType.ZSTD]: 2 ** 16,
};

/**
 * A message whose buffers are compressed, as one whose buffers are not: its metadata and its body;
 * undefined if they are not compressed.
 *
 * Ours and not arrow-js's, whose codecs are registered for the whole process, and which believes
 * any length.
 *
 * @throws RangeError if a buffer is damaged, or its length is not what it says.
 */
export async function decompressMessage(message: Message, compressed: Uint8Array) {
  const batch = batchOf(message);
  if (!batch?.compression) return undefined;
  const codec = batch.compression.type;
  const decode = await openDecoder(codec);
  const parts = batch.buffers.map(({ offset, length }) => {
    if (offset < 0 || length < 0 || offset + length > compressed.length) {
      throw new RangeError(`a buffer is outside the body: ${offset} to ${offset + length}`);
    }
    return compressed.subarray(offset, offset + length);
  });
  const claimed = parts.reduce((sum, part) => sum + Math.max(claimedBytes(part), 0), 0);
  if (claimed > Math.max(largestMessage.bytes, largestMessage.ratio * compressed.length)) {
    throw new RangeError(
      `its ${compressed.length} bytes claim ${claimed} uncompressed, more than is decompressed at once`,
    );
  }
  const buffers = parts.map((part) => decompressBuffer(part, codec, decode));
  const regions: BufferRegion[] = [];
  let end = 0;
  for (const { length } of buffers) {
    regions.push(new BufferRegion(end, length));
    end += Math.ceil(length / alignment) * alignment;
  }
  const body = new Uint8Array(end);
  for (const [index, buffer] of buffers.entries()) body.set(buffer, regions[index]?.offset);
  const plain = new RecordBatch(
    batch.length,
    batch.nodes,
    regions,
    null,
    batch.variadicBufferCounts,
    batch.metadata,
  );
  return { metadata: Message.encode(Message.from(headerOf(message, plain), end)), body };
}

type Decode = (bytes: Uint8Array, size: number) => Uint8Array;

/** How long a buffer says that it is uncompressed; -1 where it is stored as it is. */
function claimedBytes(bytes: Uint8Array): number {
  if (bytes.length === 0) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Number(view.getBigInt64(0, true));
}

function decompressBuffer(bytes: Uint8Array, codec: CompressionType, decode: Decode): Uint8Array {
  // An empty buffer may come without its length.
  if (bytes.length === 0) return bytes;
  const size = claimedBytes(bytes);
  const content = bytes.subarray(prefixBytes);
  if (size === storedAsItIs) return content;
  const most = Math.min(content.length * (largestRatio[codec] ?? 0), largestBuffer);
  if (size < 0 || size > most) {
    throw new RangeError(`a buffer of ${content.length} bytes claims ${size} uncompressed`);
  }
  if (size === 0) return new Uint8Array(0);
  const result = decode(content, size);
  if (result.length === size) return result;
  throw new RangeError(`a buffer of ${size} bytes cannot be decompressed`);
}

const zstd = new ZSTDDecoder();

async function openDecoder(codec: CompressionType): Promise<Decode> {
  if (codec === CompressionType.LZ4_FRAME) return decompressLz4;
  if (codec !== CompressionType.ZSTD) throw new RangeError(`its codec is unknown: ${codec}`);
  await zstd.init();
  return (bytes, size) => zstd.decode(bytes, size);
}

function batchOf(message: Message): RecordBatch | undefined {
  if (message.isRecordBatch()) return message.header() as RecordBatch;
  if (message.isDictionaryBatch()) return (message.header() as DictionaryBatch).data;
  return undefined;
}

function headerOf(message: Message, plain: RecordBatch): RecordBatch | DictionaryBatch {
  if (!message.isDictionaryBatch()) return plain;
  const { id, isDelta } = message.header() as DictionaryBatch;
  return new DictionaryBatch(plain, id, isDelta);
}
