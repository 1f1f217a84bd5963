import { type FileBlock, Footer } from 'apache-arrow/ipc/metadata/file';
import { FormatError } from '../../errors.js';
import type { RangeReader } from '../files/range-reader.js';
import { reasonOf } from '../reason.js';
import { withEmptyNames } from './empty-names.js';
import { schemaMessage } from './schema-message.js';
import { explainUnsupported } from './unsupported-type.js';
import { verifyFooter } from './verify.js';

/** The bytes an IPC file starts and ends with. */
export const ipcFileMagic = Buffer.from('ARROW1');

/** The end-of-stream marker: a continuation, and a length of 0. */
export const endOfStream = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

const trailerBytes = 4 + ipcFileMagic.length;
/** The schema follows the magic bytes, padded. */
const schemaStart = 8;
const prefixBytes = 8;
/** Bytes between the last batch and the footer: an end-of-stream marker and padding. */
const largestGap = 128;

/**
 * An IPC file as the bytes of an IPC stream, read piece by piece: the schema, the dictionaries, the
 * record batches, each found through the footer.
 *
 * @throws FormatError if it is no such file, breaks off, or is damaged.
 */
export async function* readFileAsStream(
  reader: RangeReader,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { schema, blocks } = await readFooter(reader);
  yield schema;
  for (const { offset, metaDataLength, bodyLength } of blocks) {
    yield await reader.read(offset, offset + metaDataLength + bodyLength);
  }
  yield endOfStream;
}

async function readFooter(reader: RangeReader) {
  const { name, size } = reader;
  const tail = Buffer.from(await reader.read(Math.max(size - trailerBytes, 0), size));
  if (size < 2 * trailerBytes || !tail.subarray(4).equals(ipcFileMagic)) {
    throw new FormatError(
      `Arrow IPC file is cut short: ${name} (its end is missing). Write or copy it again.`,
    );
  }
  const length = tail.readInt32LE(0);
  if (length <= 0 || length > size - 2 * trailerBytes) {
    throw damaged(name, `its footer claims ${length} bytes of ${size}`);
  }
  const bytes = await reader.read(size - trailerBytes - length, size - trailerBytes);
  const schemaEnd = endOfMessage(await reader.read(schemaStart, schemaStart + prefixBytes));
  try {
    verifyFooter(bytes);
    const footer = Footer.decode(bytes);
    const blocks = [...footer.dictionaryBatches(), ...footer.recordBatches()];
    assertListed(blocks, footer.numRecordBatches, schemaEnd, size - trailerBytes - length);
    return { schema: schemaMessage(withEmptyNames(footer.schema)), blocks };
  } catch (cause) {
    const reason = `its footer cannot be read, ${reasonOf(cause)}`;
    throw explainUnsupported(name, cause) ?? damaged(name, reason, cause);
  }
}

/** Where the schema, which has no body, ends, by its prefix. */
function endOfMessage(prefix: Uint8Array): number {
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.byteLength);
  // Before version 0.15 of the format there was no continuation marker.
  const isMarked = view.getInt32(0, true) === -1;
  return schemaStart + (isMarked ? 8 + view.getInt32(4, true) : 4 + view.getInt32(0, true));
}

/**
 * Of two files one after the other, only the second would be seen, and at wrong places; of a file
 * whose footer lists no batches, or dictionaries alone, none.
 */
function assertListed(
  blocks: readonly FileBlock[],
  batches: number,
  schemaEnd: number,
  footerStart: number,
): void {
  const ends = blocks.map((each) => each.offset + each.metaDataLength + each.bodyLength);
  const listed = blocks.reduce((sum, each) => sum + each.metaDataLength + each.bodyLength, 0);
  const behind = footerStart - Math.max(schemaEnd, ...ends);
  // Where there are batches, some writers leave more between them than they say.
  const unlisted = batches === 0 ? footerStart - schemaEnd - listed : 0;
  const most = Math.max(behind, unlisted);
  if (most <= largestGap) return;
  throw new RangeError(`${most} bytes before it belong to no batch, as if files were joined`);
}

function damaged(name: string, reason: string, cause?: unknown): FormatError {
  return new FormatError(
    `Arrow IPC file is damaged: ${name} (${reason}). Write or copy it again.`,
    cause === undefined ? undefined : { cause },
  );
}
