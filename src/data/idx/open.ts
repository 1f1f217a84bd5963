import { FormatError } from '../../errors.js';
import { gunzip } from '../files/gunzip.js';
import { openFileRange, type RangeReader, readHead } from '../files/range-reader.js';
import { createByteQueue } from '../ipc/byte-queue.js';
import { rangeChunks } from '../ipc/ranges.js';
import { elementArray, type TensorValues } from '../tensor/elements.js';
import { type IdxHeader, mostHeaderBytes, readIdxHeader } from './header.js';

/** An IDX file that is being read. */
export interface IdxFile {
  readonly name: string;
  readonly header: IdxHeader;
  /** The numbers of the next rows; raises if there are fewer. */
  take(rows: number): Promise<TensorValues>;
  /** Raises if there are bytes left. */
  assertEnd(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens an IDX file, compressed with gzip or not.
 *
 * @throws FileError if it cannot be read; FormatError if it is no IDX file.
 */
export async function openIdx(path: string): Promise<IdxFile> {
  const reader = await openFileRange(path);
  try {
    return await openReader(reader);
  } catch (error) {
    await reader.close();
    throw error;
  }
}

async function openReader(reader: RangeReader): Promise<IdxFile> {
  const { name } = reader;
  const [first, second] = await readHead(reader, 2);
  const isGzip = first === 0x1f && second === 0x8b;
  const chunks = rangeChunks(reader);
  const queue = createByteQueue(isGzip ? gunzip(chunks, name) : chunks);
  const header = readIdxHeader(await queue.peek(mostHeaderBytes), name);
  await queue.take(header.bytes);
  return {
    name,
    header,
    async take(rows) {
      const wanted = rows * header.rowBytes;
      const bytes = await queue.take(wanted);
      if (bytes.length < wanted) {
        throw new FormatError(
          `IDX file is cut short: ${name} (it says ${header.rows} rows of ${header.rowBytes} bytes). Copy it again`,
        );
      }
      return numbersOf(bytes, header);
    },
    async assertEnd() {
      if ((await queue.peek(1)).length === 0) return;
      throw new FormatError(
        `IDX file is damaged: ${name} (it has bytes behind its ${header.rows} rows). Copy it again`,
      );
    },
    async close() {
      await queue.close();
      await reader.close();
    },
  };
}

/** The numbers in bytes, which are big-endian and are turned around in place. */
function numbersOf(bytes: Uint8Array, { element }: IdxHeader): TensorValues {
  const Values = elementArray(element) as unknown as {
    readonly BYTES_PER_ELEMENT: number;
    new (buffer: ArrayBufferLike, start: number, length: number): TensorValues;
  };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (Values.BYTES_PER_ELEMENT === 2) buffer.swap16();
  if (Values.BYTES_PER_ELEMENT === 4) buffer.swap32();
  if (Values.BYTES_PER_ELEMENT === 8) buffer.swap64();
  return new Values(bytes.buffer, bytes.byteOffset, bytes.length / Values.BYTES_PER_ELEMENT);
}
