import { type FileMetaData, parquetMetadata } from 'hyparquet';
import { FormatError } from '../../../errors.js';
import type { RangeReader } from '../../files/range-reader.js';
import { reasonOf } from '../../reason.js';
import { soundTree } from './sound-tree.js';
import { readThrift, type ThriftStruct, writeThrift } from './thrift.js';

/** The bytes a Parquet file starts and ends with. */
export const parquetMagic: Uint8Array = Buffer.from('PAR1');

const trailerBytes = 8;

/** A footer twice: as it is written, to be changed and written again, and decoded, to be read. */
export interface ParquetFooter {
  readonly tree: ThriftStruct;
  readonly metadata: FileMetaData;
}

/**
 * Reads the footer at the end of a Parquet file.
 *
 * @throws FormatError if the bytes are no Parquet file, are cut short, damaged or encrypted.
 */
export async function readFooter(reader: RangeReader): Promise<ParquetFooter> {
  const { name, size } = reader;
  if (size < parquetMagic.length + trailerBytes) throw notParquet(name, `${size} bytes long`);
  const head = Buffer.from(await reader.read(0, parquetMagic.length));
  const trailer = Buffer.from(await reader.read(size - trailerBytes, size));
  const tail = trailer.subarray(4);
  if (tail.toString('latin1') === 'PARE') {
    throw new FormatError(`Parquet file is encrypted: ${name}. Decrypt it first.`);
  }
  if (!head.equals(parquetMagic)) throw notParquet(name, `it starts with ${show(head)}`);
  if (!tail.equals(parquetMagic)) {
    throw new FormatError(
      `Parquet file is cut short: ${name} (it ends with ${show(tail)}, not PAR1). Write or copy it again.`,
    );
  }
  const length = trailer.readUInt32LE(0);
  if (length > size - parquetMagic.length - trailerBytes) {
    throw damaged(name, `its footer claims ${length} bytes of ${size}`);
  }
  return decodeFooter(name, await reader.read(size - trailerBytes - length, size));
}

/**
 * Decodes the last bytes of a file: footer, its length, magic.
 *
 * @param name names the file in messages.
 * @throws FormatError if they are damaged.
 */
export function decodeFooter(name: string, bytes: Uint8Array): ParquetFooter {
  try {
    const written = readThrift(bytes.subarray(0, -trailerBytes));
    const tree = soundTree(written);
    const sound = tree === written ? bytes : encodeFooter(tree);
    return { tree, metadata: parquetMetadata(sound, { geoparquet: false }) };
  } catch (cause) {
    throw damaged(name, `its footer cannot be read, ${reasonOf(cause)}`, cause);
  }
}

/** The last bytes of a file: footer, its length, magic. */
export function encodeFooter(tree: ThriftStruct): Uint8Array {
  const footer = writeThrift(tree);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([footer, length, parquetMagic]);
}

function notParquet(name: string, reason: string): FormatError {
  return new FormatError(`file is not a Parquet file: ${name} (${reason}). Check the path.`);
}

function damaged(name: string, reason: string, cause?: unknown): FormatError {
  return new FormatError(
    `Parquet file is damaged: ${name} (${reason}). Write or copy it again.`,
    cause === undefined ? undefined : { cause },
  );
}

function show(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes).toString('latin1'));
}
