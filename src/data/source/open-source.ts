import { fileURLToPath } from 'node:url';
import { InvalidOptionError } from '../../errors.js';
import { untilAborted } from '../../threads/abortable.js';
import { openFileRange, type RangeReader } from '../files/range-reader.js';
import { memoryRange } from '../ipc/ranges.js';
import { isWebAddress, nameAddress, parseAddress } from './address.js';
import { openHttpRange } from './http-range.js';
import { isByteRanges, type RangeSource } from './range-source.js';
import { blobRanges, openRanges } from './ranges-reader.js';

/** What {@link openSource} can be told. */
export interface OpenSourceOptions {
  /** Names bytes, a Blob or ranges in messages. */
  name?: string | undefined;
  /** Ends reads that are under way: they reject with its reason. */
  signal?: AbortSignal | undefined;
}

/**
 * Opens a source for reading by ranges.
 *
 * @throws InvalidOptionError if it is no source.
 * @throws FileError if it cannot be opened.
 */
export async function openSource(
  source: RangeSource,
  { name, signal }: OpenSourceOptions = {},
): Promise<RangeReader> {
  signal?.throwIfAborted();
  const reader = await open(source, name, signal);
  if (!signal) return reader;
  return {
    ...reader,
    async read(start, end) {
      signal.throwIfAborted();
      return untilAborted(reader.read(start, end), signal);
    },
  };
}

async function open(
  source: RangeSource,
  name?: string,
  signal?: AbortSignal,
): Promise<RangeReader> {
  if (typeof source === 'string' && !isWebAddress(source)) return openFileRange(source);
  if (typeof source === 'string' || source instanceof URL) {
    const url = parseAddress(source);
    if (url.protocol === 'file:') return openFileRange(fileURLToPath(url));
    return openHttpRange(url, nameAddress(url), signal);
  }
  if (source instanceof Uint8Array) return memoryRange(name ?? 'bytes in memory', source);
  if (source instanceof ArrayBuffer) {
    return memoryRange(name ?? 'bytes in memory', new Uint8Array(source));
  }
  if (source instanceof Blob) {
    const ownName = 'name' in source ? String(source.name) : 'Blob';
    return openRanges(blobRanges(source), name ?? ownName);
  }
  if (isByteRanges(source)) return openRanges(source, name ?? 'byte ranges');
  throw new InvalidOptionError(
    `source cannot be read: ${String(source)}. Give a path, a URL, bytes, a Blob or { byteLength, slice }`,
  );
}
