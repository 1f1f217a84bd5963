import { Data, type DataType } from 'apache-arrow';

/** An array of fixed width with other values, under another type; nulls stay where they are. */
export function withValues(type: DataType, data: Data, values: unknown): Data {
  const { offset, length, nullCount, nullBitmap } = data;
  return new Data(type, offset, length, nullCount, [undefined, values, nullBitmap] as never);
}
