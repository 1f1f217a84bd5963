import { RecordBatchStreamReader, type Schema } from 'apache-arrow';
import { FormatError } from '../../errors.js';
import { reasonOf } from '../reason.js';
import { withEmptyNames } from './empty-names.js';
import { StreamWriter } from './message-writer.js';
import { explainUnsupported } from './unsupported-type.js';
import { verifyMessage } from './verify.js';

const endOfStreamBytes = 8;
/** Before version 0.15 of the format there was a length alone. */
const continuation = 0xffffffff;

/** The message with which an IPC stream of this schema starts. */
export function schemaMessage(schema: Schema): Uint8Array {
  const chunks: Uint8Array[] = [];
  const writer = new StreamWriter((chunk) => chunks.push(chunk));
  writer.reset(undefined, schema);
  writer.finish();
  return Buffer.concat(chunks).subarray(0, -endOfStreamBytes);
}

/**
 * The schema of such a message.
 *
 * @param what names the message in errors.
 * @throws FormatError if it is damaged.
 */
export function readSchemaMessage(bytes: Uint8Array, what: string): Schema {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    verifyMessage(bytes.subarray(view.getUint32(0, true) === continuation ? 8 : 4));
    return withEmptyNames(RecordBatchStreamReader.from(bytes).open().schema);
  } catch (cause) {
    const unsupported = explainUnsupported(what, cause);
    if (unsupported) throw unsupported;
    throw new FormatError(`${what} has no readable Arrow schema: ${reasonOf(cause)}.`, {
      cause,
    });
  }
}
