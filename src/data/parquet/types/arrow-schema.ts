import { Schema } from 'apache-arrow';
import { readSchemaMessage, schemaMessage } from '../../ipc/schema-message.js';

/** The key of Parquet metadata under which Arrow writers keep the Arrow schema. */
export const arrowSchemaKey = 'ARROW:schema';

/** An Arrow schema as the value of `ARROW:schema`: an IPC schema message in base 64. */
export function encodeArrowSchema(schema: Schema): string {
  return Buffer.from(schemaMessage(schema)).toString('base64');
}

/**
 * The value of `ARROW:schema` with only some of its columns.
 *
 * Undefined if the value has types that arrow-js does not know: then it is better left out, and
 * the columns get the types that Parquet alone gives them.
 */
export function selectArrowSchema(value: string, columns: ReadonlySet<string>): string | undefined {
  const schema = decodeArrowSchema(value);
  const fields = schema?.fields.filter((field) => columns.has(field.name));
  return schema && encodeArrowSchema(new Schema(fields, schema.metadata));
}

/** The inverse of {@link encodeArrowSchema}; undefined if damaged, or of types that arrow-js does not know. */
export function decodeArrowSchema(value: string): Schema | undefined {
  try {
    return readSchemaMessage(Buffer.from(value, 'base64'), arrowSchemaKey);
  } catch {
    return undefined;
  }
}
