import {
  Data,
  DataType,
  type Field,
  type RecordBatch,
  Schema,
  Time,
  Timestamp,
  TimeUnit,
} from 'apache-arrow';
import { DataError, FormatError } from '../../../errors.js';
import { convertBatch, convertSchema } from '../../schema/convert-types.js';
import { describeType } from '../../schema/describe.js';
import { leafTypes, replaceLeafTypes } from '../format/leaves.js';

/**
 * Parquet has no seconds: Arrow writers store them as milliseconds, and name them in `ARROW:schema`.
 * The engine would store plain integers, which only readers of that would take for times.
 */
const perSecond = 1000;

/** Timestamps and times of seconds, and dictionaries of them, as milliseconds; others as they are. */
export function millisecondType(type: DataType): DataType {
  return inUnit(type, TimeUnit.SECOND, TimeUnit.MILLISECOND);
}

/** The schema with milliseconds for seconds, down to the leaves; the same one if it has none. */
export function millisecondSchema(schema: Schema): Schema {
  return convertSchema(schema, millisecondType);
}

/**
 * The batch under the schema that {@link millisecondSchema} made of its own.
 *
 * @throws DataError for a value that has no milliseconds: it is some 292 million years off.
 */
export function toMilliseconds(schema: Schema, batch: RecordBatch): RecordBatch {
  return convertBatch(schema, batch, multiplied);
}

/** The batch under a schema of {@link secondSchema}. @throws FormatError for parts of a second. */
export function toSeconds(schema: Schema, batch: RecordBatch): RecordBatch {
  return convertBatch(schema, batch, divided);
}

/**
 * The schema that was decoded, with seconds where `ARROW:schema` says so and there are milliseconds;
 * the same one if there are none.
 */
export function secondSchema(decoded: Schema, hint?: Schema): Schema {
  const names = new Set(decoded.names);
  const hinted = leafTypes(hint?.fields.filter(({ name }) => names.has(name)) ?? []);
  const leaves = leafTypes(decoded.fields);
  if (hinted.length !== leaves.length) return decoded;
  const wanted = leaves.map((type, leaf) => {
    const [isSeconds, seconds] = [
      hinted[leaf],
      inUnit(type, TimeUnit.MILLISECOND, TimeUnit.SECOND),
    ];
    return isSeconds && seconds !== type && millisecondType(isSeconds) !== isSeconds
      ? seconds
      : type;
  });
  if (wanted.every((type, leaf) => type === leaves[leaf])) return decoded;
  const fields: Field[] = replaceLeafTypes(decoded.fields, (_, leaf) => wanted[leaf] as DataType);
  return new Schema(fields, decoded.metadata);
}

function inUnit(type: DataType, from: TimeUnit, to: TimeUnit): DataType {
  if (DataType.isDictionary(type)) {
    const values = inUnit(type.dictionary, from, to);
    return values === type.dictionary ? type : cloneDictionary(type, values);
  }
  if (DataType.isTimestamp(type) && type.unit === from) return new Timestamp(to, type.timezone);
  return DataType.isTime(type) && type.unit === from ? new Time(to, 32) : type;
}

function cloneDictionary(type: DataType, dictionary: DataType): DataType {
  return Object.assign(Object.create(type), { dictionary });
}

const multiplied = (type: DataType, data: Data): Data => {
  const values = data.values.map((value: never, row: number) => {
    const scaled = typeof value === 'bigint' ? value * BigInt(perSecond) : value * perSecond;
    const fits =
      typeof scaled === 'bigint' ? BigInt.asIntN(64, scaled) === scaled : (scaled | 0) === scaled;
    // What lies below a null may be anything.
    if (fits || row >= data.length || !data.getValid(row)) return scaled as never;
    throw new DataError(
      `value cannot be written as Parquet: ${value} as ${describeType(data.type)} (Parquet has milliseconds, and that is too many). Mend the value, or write Arrow IPC`,
    );
  });
  return withValues(type, data, values);
};

const divided = (type: DataType, data: Data): Data => {
  const values = data.values.map((value: never, row: number) => {
    const isBig = typeof value === 'bigint';
    const rest = isBig ? value % BigInt(perSecond) : value % perSecond;
    if (Number(rest) !== 0 && data.getValid(row)) {
      throw new FormatError(
        `Parquet column says seconds and holds parts of them: ${value} ms as ${describeType(type)}. Write the file again`,
      );
    }
    return (isBig ? value / BigInt(perSecond) : Math.trunc(value / perSecond)) as never;
  });
  return withValues(type, data, values);
};

function withValues(type: DataType, data: Data, values: unknown): Data {
  const { offset, length, nullCount, nullBitmap } = data;
  return new Data(type, offset, length, nullCount, [undefined, values, nullBitmap] as never);
}
