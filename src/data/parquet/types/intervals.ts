import { type Data, DataType, IntervalUnit, type RecordBatch } from 'apache-arrow';
import { DataError } from '../../../errors.js';

/**
 * Raises unless all intervals of a batch can be stored: those of Parquet have three unsigned numbers,
 * of months, days and milliseconds, and readers would take negative ones for huge ones.
 *
 * @param firstRow number of the batch's first row, for messages.
 * @throws DataError naming the column and row of the first negative interval.
 */
export function assertIntervals(batch: RecordBatch, firstRow = 0): void {
  for (const [index, { name, type }] of batch.schema.fields.entries()) {
    if (!holdsIntervals(type)) continue;
    const column = batch.data.children[index] as Data;
    for (let row = 0; row < batch.numRows; row++) {
      const value = negativeIn(column, row);
      if (value === undefined) continue;
      throw new DataError(
        `interval cannot be written as Parquet: ${value} in column '${name}', row ${firstRow + row} (those of Parquet are not negative). Make it a duration, drop the column, or write Arrow IPC`,
      );
    }
  }
}

function holdsIntervals(type: DataType): boolean {
  if (DataType.isDictionary(type)) return false;
  // Those with nanoseconds have parts of 64 bits, and are looked at when they are stored.
  if (DataType.isInterval(type)) return type.unit !== IntervalUnit.MONTH_DAY_NANO;
  return (type.children ?? []).some((child) => holdsIntervals(child.type));
}

/** The first negative interval in one value of a column, as text. */
function negativeIn(data: Data, row: number): string | undefined {
  const { type, stride, children, values } = data;
  if (!holdsIntervals(type) || !data.getValid(row)) return undefined;
  if (DataType.isInterval(type)) {
    const parts = (values as Int32Array).subarray(row * stride, (row + 1) * stride);
    return parts.some((part) => part < 0) ? `[${[...parts].join(', ')}]` : undefined;
  }
  const [start, end] = itemsOf(data, row);
  for (const child of children) {
    for (let item = start; item < end; item++) {
      const found = negativeIn(child, item);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Which rows of the children belong to a row. */
function itemsOf({ type, stride, valueOffsets }: Data, row: number): [start: number, end: number] {
  if (DataType.isStruct(type)) return [row, row + 1];
  if (DataType.isFixedSizeList(type)) return [row * stride, (row + 1) * stride];
  return [Number(valueOffsets[row]), Number(valueOffsets[row + 1])];
}
