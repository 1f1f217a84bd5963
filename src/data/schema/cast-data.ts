import {
  Binary,
  Data,
  DataType,
  type RecordBatch,
  type Schema,
  TimeUnit,
  Utf8,
  Vector,
} from 'apache-arrow';
import { DataError, SchemaError } from '../../errors.js';
import { makeBatch, rebindBatch } from '../batches/batch.js';
import { gatherData } from '../gather/data.js';
import { nullData } from '../gather/nulls.js';
import { createRunList } from '../gather/runs.js';
import { describeType } from './describe.js';
import { plainBytes } from './plain-views.js';

/**
 * The batch under a schema that holds its values, as `unifySchemas` makes it: columns by name, in the
 * schema's order and types, null where the batch has none.
 *
 * @throws DataError naming the column, for an instant that has none in the finer unit.
 */
export function castBatch(schema: Schema, batch: RecordBatch): RecordBatch {
  if (schema === batch.schema) return batch;
  const indices = new Map(batch.schema.names.map((name, k) => [name, k]));
  const columns = schema.fields.map(({ name, type }) => {
    const index = indices.get(name);
    if (index === undefined) return nullData(type, batch.numRows);
    try {
      return castData(type, batch.data.children[index] as Data);
    } catch (cause) {
      if (!(cause instanceof DataError)) throw cause;
      const reason = cause.message.replace(/^ganAugment: /, '');
      throw new DataError(`column '${name}' cannot be cast: ${reason}`, { cause });
    }
  });
  return rebindBatch(schema, makeBatch(schema, columns, batch.numRows));
}

/** An array under a type that holds its values. */
export function castData(type: DataType, data: Data): Data {
  const from = data.type as DataType;
  if (from === type || describeType(from) === describeType(type)) return data;
  if (DataType.isNull(from)) return nullData(type, data.length);
  if (DataType.isDictionary(from)) {
    return DataType.isDictionary(type) ? castDictionary(type, data) : castData(type, spread(data));
  }
  if (DataType.isUtf8View(from) || DataType.isBinaryView(from)) {
    const plain = DataType.isUtf8View(from) ? new Utf8() : binaryLike(type);
    return castData(type, plainBytes(plain, data));
  }
  if (type.children?.length) return castNested(type, data);
  if (data.valueOffsets) return withOffsets(type, data);
  return withNumbers(type, data, castNumbers(type, data));
}

function binaryLike(type: DataType): DataType {
  return DataType.isBinary(type) ? type : new Binary();
}

/** A dictionary with wider numbers, or values of another kind. */
function castDictionary(
  type: DataType & { dictionary: DataType; indices: DataType },
  data: Data,
): Data {
  const chunks = (data.dictionary?.data ?? []).map((chunk: Data) =>
    castData(type.dictionary, chunk),
  );
  const indices = castNumbers(type.indices, data);
  const cast = withNumbers(type, data, indices);
  return Object.assign(cast, { dictionary: new Vector(chunks) });
}

/** The values of a dictionary, one for each row. */
function spread(data: Data): Data {
  const { dictionary: valueType } = data.type as DataType & { dictionary: DataType };
  const chunks = data.dictionary?.data ?? [];
  const starts: number[] = [];
  let total = 0;
  for (const { length } of chunks) {
    starts.push(total);
    total += length;
  }
  const runs = createRunList(data.length);
  for (let row = 0; row < data.length; row++) {
    if (!data.getValid(row)) {
      runs.add(chunks.length, 0, 1);
      continue;
    }
    const index = Number(data.values[row]);
    let chunk = starts.length - 1;
    while (chunk > 0 && (starts[chunk] as number) > index) chunk--;
    runs.add(chunk, index - (starts[chunk] as number), 1);
  }
  return gatherData(valueType, [...chunks, nullData(valueType, 1)], runs);
}

function castNested(type: DataType, data: Data): Data {
  const children = data.children.map((child, k) =>
    castData(type.children[k]?.type as DataType, child),
  );
  const { offset, length, nullCount } = data;
  // Declared as a list of buffers, but a Data in their place keeps the buffers as they are.
  return new Data(type, offset, length, nullCount, data as never, children);
}

/** Text or bytes with offsets of another width. */
function withOffsets(type: DataType, data: Data): Data {
  const { offset, length, nullCount, nullBitmap, values, valueOffsets } = data;
  const isLarge = type.OffsetArrayType === BigInt64Array;
  const offsets =
    isLarge && valueOffsets instanceof Int32Array
      ? BigInt64Array.from(valueOffsets, BigInt)
      : valueOffsets;
  return new Data(type, offset, length, nullCount, [offsets, values, nullBitmap] as never);
}

function withNumbers(type: DataType, data: Data, values: unknown): Data {
  const { offset, length, nullCount, nullBitmap } = data;
  return new Data(type, offset, length, nullCount, [undefined, values, nullBitmap] as never);
}

function castNumbers(type: DataType, data: Data): ArrayLike<number | bigint> {
  const from = data.type as DataType;
  if (DataType.isTimestamp(type) && DataType.isTimestamp(from))
    return finer(type.unit, from.unit, data);
  // The words of one scale are the same at any precision.
  if (DataType.isDecimal(type)) return data.values;
  const isBig =
    type.ArrayType === (BigInt64Array as never) || type.ArrayType === (BigUint64Array as never);
  const wasBig = typeof data.values[0] === 'bigint';
  const Values = type.ArrayType as unknown as {
    from(values: unknown, map?: unknown): ArrayLike<number>;
  };
  if (isBig === wasBig) return Values.from(data.values);
  if (isBig) return Values.from(data.values, BigInt);
  throw new SchemaError(`${describeType(from)} does not fit ${describeType(type)}. Convert it`);
}

function finer(to: TimeUnit, from: TimeUnit, data: Data): BigInt64Array {
  const factor = 1000n ** BigInt(to - from);
  return BigInt64Array.from(data.values as BigInt64Array, (value, row) => {
    const scaled = value * factor;
    if (BigInt.asIntN(64, scaled) === scaled) return scaled;
    if (row >= data.length || !data.getValid(row)) return 0n;
    throw new DataError(
      `${value} as ${describeType(data.type)} has no ${TimeUnit[to]?.toLowerCase()}s that fit 64 bits. Mend the value, or give all files the coarser unit`,
    );
  });
}
