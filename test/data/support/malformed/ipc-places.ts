import { Message, MessageHeader } from 'apache-arrow';
import type { Place } from './mutate.js';

/** One message of an IPC file or stream, found from front to back. */
interface Walked {
  readonly metadata: Place;
  readonly kind: MessageHeader;
  /** Rows, of a record batch. */
  readonly rows: number;
}

/** Where the messages describe themselves; of a file the footer too. */
export function ipcPlaces(bytes: Buffer): Place[] {
  const places = walk(bytes).messages.map(({ metadata }) => metadata);
  const footer = bytes.length - 10 - bytes.readInt32LE(bytes.length - 10);
  return isFile(bytes) ? [...places, { start: footer, end: bytes.length }] : places;
}

/**
 * Rows that the record batches of an IPC file or stream claim to have, from front to back;
 * undefined if that way is blocked.
 */
export function claimedIpcRows(bytes: Buffer): number | undefined {
  const { messages, ended } = walk(bytes);
  if (!ended) return undefined;
  const batches = messages.filter(({ kind }) => kind === MessageHeader.RecordBatch);
  return batches.reduce((sum, { rows }) => sum + rows, 0);
}

function walk(bytes: Buffer): { messages: Walked[]; ended: boolean } {
  const messages: Walked[] = [];
  try {
    for (let at = isFile(bytes) ? 8 : 0; ; ) {
      if (bytes.readInt32LE(at) !== -1) return { messages, ended: false };
      const length = bytes.readInt32LE(at + 4);
      if (length === 0) return { messages, ended: true };
      const metadata = { start: at + 8, end: at + 8 + length };
      const message = Message.decode(bytes.subarray(metadata.start, metadata.end));
      const rows = message.isRecordBatch() ? message.header().length : 0;
      messages.push({ metadata, kind: message.headerType, rows });
      at = metadata.end + message.bodyLength;
    }
  } catch {
    return { messages, ended: false };
  }
}

function isFile(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 6) === 'ARROW1';
}
