import { type Data, DataType, type RecordBatch, type Schema } from 'apache-arrow';
import { DataError } from '../../../errors.js';
import { makeBatch } from '../../batches/batch.js';
import { convertData, convertSchema } from '../../schema/convert-types.js';
import { dayType, divideDates } from './dates.js';
import { intervalBytesType, writeIntervals } from './interval-bytes.js';
import { millisecondType, multiplySeconds } from './seconds.js';

/** The schema as the engine is given it: types that it would not name stand in for others. */
export function storedSchema(schema: Schema): Schema {
  return convertSchema(schema, (type) => intervalBytesType(dayType(millisecondType(type))));
}

/**
 * The batch under the schema that {@link storedSchema} made of its own.
 *
 * @throws DataError for a value that Parquet has not.
 */
export function toStored(schema: Schema, batch: RecordBatch): RecordBatch {
  if (schema === batch.schema) return batch;
  const columns = schema.fields.map(({ name, type }, k) => {
    try {
      return convertData(type, batch.data.children[k] as Data, store);
    } catch (cause) {
      if (!(cause instanceof DataError)) throw cause;
      const reason = cause.message.replace(/^ganAugment: /, '');
      throw new DataError(`column '${name}' cannot be written: ${reason}`, { cause });
    }
  });
  return makeBatch(schema, columns, batch.numRows);
}

function store(type: DataType, data: Data): Data {
  if (DataType.isDate(type)) return divideDates(type, data);
  return DataType.isFixedSizeBinary(type)
    ? writeIntervals(type, data)
    : multiplySeconds(type, data);
}
