import { type Data, DataType, DateUnit, type RecordBatch, TimeUnit, Vector } from 'apache-arrow';
import { assertGiven } from '../../options/given.js';
import { bytesAt } from '../gather/view.js';
import { ofOneSchema } from '../schema/one-schema.js';
import { decimalText } from '../text/decimal.js';
import { stringReader } from '../text/scalars.js';

/** A row as a plain object. */
export type PlainRow = Record<string, unknown>;

const dayMilliseconds = 86_400_000;

/**
 * Record batches as plain objects: the inverse of `rowBatches`. Null is null.
 *
 * Whole numbers of 64 bits are numbers where these are exact, and else bigints; dates and instants are
 * `Date`s where these are exact, and else bigints in the column's own unit; decimals are texts, as no
 * number is exact.
 *
 * @throws SchemaError for batches of other columns than the first.
 */
export async function* plainRows(
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<PlainRow, void, undefined> {
  assertGiven(batches, 'batches', 'record batches');
  for await (const batch of ofOneSchema(batches)) yield* rowsOf(batch);
}

/** The rows of one batch. */
export function* rowsOf({ schema, data, numRows }: RecordBatch): Generator<PlainRow> {
  const columns = schema.fields.map(({ name }, k) => ({
    name,
    read: reader(data.children[k] as Data),
  }));
  for (let index = 0; index < numRows; index++) {
    const row: PlainRow = {};
    for (const { name, read } of columns) setKey(row, name, read(index));
    yield row;
  }
}

/** `row[name] = value`, for names such as '__proto__', too. */
function setKey(row: PlainRow, name: string, value: unknown): void {
  if (name !== '__proto__') row[name] = value;
  else
    Object.defineProperty(row, name, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
}

/** The values of an array, as {@link plainRows} gives them. */
export function valuesOfData(data: Data): unknown[] {
  return readItems(reader(data), 0, data.length);
}

type Read = (row: number) => unknown;

function reader(data: Data): Read {
  const read = valueReader(data);
  if (data.nullCount === 0) return read;
  return (row) => (data.getValid(row) ? read(row) : null);
}

function valueReader(data: Data): Read {
  const { type, values, valueOffsets, children } = data;
  if (DataType.isNull(type)) return () => null;
  if (DataType.isDictionary(type)) return dictionaryReader(data);
  if (DataType.isBool(type)) {
    return (row) => ((values[(data.offset + row) >> 3] >> ((data.offset + row) & 7)) & 1) === 1;
  }
  const readText = stringReader(data);
  if (readText) return readText;
  if (DataType.isBinary(type) || DataType.isLargeBinary(type)) {
    return (row) => values.slice(Number(valueOffsets[row]), Number(valueOffsets[row + 1]));
  }
  if (DataType.isBinaryView(type)) return (row) => bytesAt(data, row).slice();
  if (DataType.isInt(type) && type.bitWidth === 64) return (row) => plainInteger(values[row]);
  if (DataType.isDecimal(type)) return (row) => decimalText(data, row, type.scale);
  if (DataType.isDate(type) && type.unit === DateUnit.DAY) {
    return (row) => new Date(values[row] * dayMilliseconds);
  }
  if (DataType.isTimestamp(type)) return (row) => plainInstant(values[row], type.unit);
  if (DataType.isStruct(type)) {
    const members = type.children.map(({ name }, k) => ({
      name,
      read: reader(children[k] as Data),
    }));
    return (row) => {
      const value: PlainRow = {};
      for (const { name, read } of members) setKey(value, name, read(row));
      return value;
    };
  }
  if (DataType.isList(type) || DataType.isLargeList(type)) {
    const item = reader(children[0] as Data);
    return (row) => readItems(item, Number(valueOffsets[row]), Number(valueOffsets[row + 1]));
  }
  if (DataType.isFixedSizeList(type)) {
    const item = reader(children[0] as Data);
    return (row) => readItems(item, row * type.listSize, (row + 1) * type.listSize);
  }
  const isPlain = DataType.isInt(type) || (DataType.isFloat(type) && type.precision > 0);
  if (isPlain) return (row) => values[row];
  // Of rare types, what arrow-js makes of them.
  const vector = new Vector([data]);
  return (row) => vector.get(row);
}

function readItems(read: Read, start: number, end: number): unknown[] {
  return Array.from({ length: end - start }, (_, k) => read(start + k));
}

function dictionaryReader({ values, dictionary }: Data): Read {
  const chunks: readonly Data[] = dictionary?.data ?? [];
  const all = chunks.flatMap((chunk) => readItems(reader(chunk), 0, chunk.length));
  return (row) => all[Number(values[row])];
}

function plainInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const largestTime = 8_640_000_000_000_000n;

function plainInstant(value: bigint, unit: TimeUnit): Date | bigint {
  const [factor, divisor] = [
    unit === TimeUnit.SECOND ? 1000n : 1n,
    unit > TimeUnit.MILLISECOND ? 1000n ** BigInt(unit - TimeUnit.MILLISECOND) : 1n,
  ];
  const time = (value * factor) / divisor;
  const isExact = value % divisor === 0n && time <= largestTime && time >= -largestTime;
  return isExact ? new Date(Number(time)) : value;
}
