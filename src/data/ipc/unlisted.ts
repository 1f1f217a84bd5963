import { MessageHeader } from 'apache-arrow';
import type { FileBlock } from 'apache-arrow/ipc/metadata/file';
import type { RangeReader } from '../files/range-reader.js';
import { messageKind } from './verify.js';

/** Where the schema stands: behind the magic bytes, padded. */
const schemaStart = 8;
/** Messages start at multiples of it. */
const alignment = 8;
/** What a message shows of itself at its start: length, root table, kind. */
const headBytes = 256;
const pieceBytes = 2 ** 16;
/** Before version 0.15 of the format there was no such marker before a length. */
const continuation = -1;

/**
 * What is wrong with the blocks that the footer of an IPC file lists: some lie over each other, or
 * between them lies what may be a batch; undefined if every byte is accounted for.
 *
 * Readers find batches by the footer alone: one that it leaves out would be lost without a word.
 *
 * @param footerStart where the footer starts, before which all blocks end.
 */
export async function findUnlisted(
  reader: RangeReader,
  blocks: readonly FileBlock[],
  footerStart: number,
): Promise<string | undefined> {
  const sorted = [...blocks].sort((a, b) => a.offset - b.offset);
  const first = sorted[0]?.offset ?? footerStart;
  if (first < schemaStart || first > footerStart) return `it lists a batch at byte ${first}`;
  let end = await endOfSchema(reader, first);
  for (const { offset, metaDataLength, bodyLength } of sorted) {
    if (offset < end) return `it lists bytes ${offset} to ${end} twice`;
    const blockEnd = offset + metaDataLength + bodyLength;
    if (blockEnd < offset || blockEnd > footerStart) {
      return `it lists a batch at bytes ${offset} to ${blockEnd}`;
    }
    if (!(await isPadding(reader, end, offset))) return unlisted(end, offset);
    end = blockEnd;
  }
  return (await isPadding(reader, end, footerStart)) ? undefined : unlisted(end, footerStart);
}

function unlisted(start: number, end: number): string {
  return `bytes ${start} to ${end} belong to no batch that it lists`;
}

/** Where the schema ends, at `limit` at most; where it starts, if there is a batch in its place. */
async function endOfSchema(reader: RangeReader, limit: number): Promise<number> {
  const head = await reader.read(schemaStart, Math.min(schemaStart + headBytes, limit));
  const message = messageAt(head, 0);
  if (isBatch(message?.kind)) return schemaStart;
  if (message?.kind === MessageHeader.Schema) return Math.min(schemaStart + message.bytes, limit);
  // Polars writes a bare schema, which does not say how long it is.
  return (await findBatch(reader, schemaStart, limit)) ?? limit;
}

/** Where the first message with a batch is; undefined if there is none. */
async function findBatch(reader: RangeReader, start: number, end: number) {
  for await (const { at, bytes } of pieces(reader, start, end)) {
    const view = viewOf(bytes);
    for (let k = 0; k + alignment <= bytes.length; k += alignment) {
      const isMarked = view.getInt32(k, true) === continuation;
      if (isMarked && isBatch(messageAt(bytes, k)?.kind)) return at + k;
    }
  }
  return undefined;
}

function isBatch(kind: MessageHeader | undefined): boolean {
  return kind === MessageHeader.RecordBatch || kind === MessageHeader.DictionaryBatch;
}

/** The kind of a message and the bytes of its prefix and metadata, if there is one. */
function messageAt(bytes: Uint8Array, at: number) {
  if (at + alignment > bytes.length) return undefined;
  const view = viewOf(bytes);
  const prefix = view.getInt32(at, true) === continuation ? 8 : 4;
  const length = view.getInt32(at + prefix - 4, true);
  const kind = messageKind(bytes.subarray(at + prefix, at + headBytes));
  return kind === undefined || length <= 0 ? undefined : { kind, bytes: prefix + length };
}

/** Whether there is nothing but zeros, perhaps behind the marker that ends a stream. */
async function isPadding(reader: RangeReader, start: number, end: number): Promise<boolean> {
  for await (const { at, bytes } of pieces(reader, start, end)) {
    const isMarked = at === start && bytes.length >= 4 && viewOf(bytes).getInt32(0, true) === -1;
    if (bytes.subarray(isMarked ? 4 : 0).some((byte) => byte !== 0)) return false;
  }
  return true;
}

/** Bytes of a range, a piece at a time, each of which starts with the end of the one before. */
async function* pieces(reader: RangeReader, start: number, end: number) {
  for (let at = start; at < end; at += pieceBytes - headBytes) {
    yield { at, bytes: await reader.read(at, Math.min(at + pieceBytes, end)) };
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
