import { Binary, Data, DataType, type RecordBatch, type Schema, Utf8 } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { wholeRun } from '../gather/runs.js';
import { gatherValidity } from '../gather/validity.js';
import { bytesAt } from '../gather/view.js';
import { convertBatch, convertSchema } from './convert-types.js';
import { describeType } from './describe.js';

/** The schema with text and binary instead of their views, down to the leaves; the same one if it has none. */
export function plainViewSchema(schema: Schema): Schema {
  return convertSchema(schema, (type) => {
    if (DataType.isUtf8View(type)) return new Utf8();
    return DataType.isBinaryView(type) ? new Binary() : type;
  });
}

/** The batch under the schema that {@link plainViewSchema} made of its own: views become plain. */
export function plainViewBatch(schema: Schema, batch: RecordBatch): RecordBatch {
  return convertBatch(schema, batch, plainBytes);
}

/** Views of text or binary as plain ones. */
export function plainBytes(type: DataType, data: Data): Data {
  const { length } = data;
  const parts = Array.from({ length }, (_, row) =>
    data.getValid(row) ? bytesAt(data, row) : undefined,
  );
  const valueOffsets = new Int32Array(length + 1);
  let end = 0;
  for (const [row, part] of parts.entries()) {
    end += part?.length ?? 0;
    if (end > 2 ** 31 - 1) throw tooLong(data.type);
    valueOffsets[row + 1] = end;
  }
  const values = new Uint8Array(end);
  for (const [row, part] of parts.entries()) if (part) values.set(part, valueOffsets[row]);
  const { nullCount, nullBitmap } = gatherValidity([data], wholeRun(length));
  return new Data(type, 0, length, nullCount, [valueOffsets, values, nullBitmap] as never);
}

function tooLong(type: DataType): SchemaError {
  return new SchemaError(
    `one batch cannot hold more than 2^31 bytes of type: ${describeType(type)}. Use smaller batches`,
  );
}
