import type { DataType } from 'apache-arrow';
import { DataError, SchemaError } from '../../errors.js';

/** The error for a column of a type that has no text. */
export function noText(format: string, column: string, type: DataType): SchemaError {
  return new SchemaError(
    `column has no text in ${format}: '${column}' (${type}). Drop or convert it, or write Parquet or Arrow`,
  );
}

/** The error for a cell that has no text. @param row of the output, from 1. */
export function noCellText(format: string, column: string, row: number, value: unknown): DataError {
  return new DataError(
    `cell has no text in ${format}: ${value} in column '${column}', row ${row}. Make it null, or write Parquet or Arrow`,
  );
}
