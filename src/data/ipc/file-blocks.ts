import { Footer } from 'apache-arrow/ipc/metadata/file';
import { FormatError } from '../../errors.js';
import type { RangeReader } from '../files/range-reader.js';
import { reasonOf } from '../reason.js';
import { withEmptyNames } from './empty-names.js';
import { schemaMessage } from './schema-message.js';
import { findUnlisted } from './unlisted.js';
import { explainUnsupported } from './unsupported-type.js';
import { verifyFooter } from './verify.js';

/** The bytes an IPC file starts and ends with. */
export const ipcFileMagic = Buffer.from('ARROW1');

/** The end-of-stream marker: a continuation, and a length of 0. */
export const endOfStream = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

const trailerBytes = 4 + ipcFileMagic.length;

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
  const footerStart = size - trailerBytes - length;
  const { schema, blocks } = decodeFooter(
    name,
    await reader.read(footerStart, size - trailerBytes),
  );
  const wrong = await findUnlisted(reader, blocks, footerStart);
  if (wrong !== undefined) throw damaged(name, `its footer does not go with it: ${wrong}`);
  return { schema, blocks };
}

function decodeFooter(name: string, bytes: Uint8Array) {
  try {
    verifyFooter(bytes);
    const footer = Footer.decode(bytes);
    const blocks = [...footer.dictionaryBatches(), ...footer.recordBatches()];
    return { schema: schemaMessage(withEmptyNames(footer.schema)), blocks };
  } catch (cause) {
    const reason = `its footer cannot be read, ${reasonOf(cause)}`;
    throw explainUnsupported(name, cause) ?? damaged(name, reason, cause);
  }
}

function damaged(name: string, reason: string, cause?: unknown): FormatError {
  return new FormatError(
    `Arrow IPC file is damaged: ${name} (${reason}). Write or copy it again.`,
    cause === undefined ? undefined : { cause },
  );
}
