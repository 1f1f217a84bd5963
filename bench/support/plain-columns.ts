import { DataType, type RecordBatch } from 'apache-arrow';

/**
 * The columns of a batch as lists that JSON can hold: floats as numbers, whole numbers and times in
 * the units of their type as text, all else as text; null for null.
 */
export function plainColumns(batch: RecordBatch): Record<string, (number | string | null)[]> {
  return Object.fromEntries(
    batch.schema.fields.map(({ name, type }, column) => {
      const vector = batch.getChildAt(column);
      const stored = vector?.data[0]?.values as ArrayLike<unknown> | undefined;
      const rows = Array.from({ length: batch.numRows }, (_, row) => {
        const value = vector?.get(row) ?? null;
        if (value === null || DataType.isFloat(type)) return value;
        return String(DataType.isTimestamp(type) ? stored?.[row] : value);
      });
      return [name, rows];
    }),
  );
}
