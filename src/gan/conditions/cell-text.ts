import { DataType, type Field, Vector } from 'apache-arrow';
import { isTextable } from '../../encode/cells/column-types.js';
import { levelWriter } from '../../encode/cells/level-writer.js';
import { buildNulls } from '../../encode/columns/null-column.js';
import { type CellValue, exampleOf, textOfValue } from '../../encode/values/value.js';
import { InvalidOptionError } from '../../errors.js';

/**
 * A wanted cell as the text of a level (see `readTexts`); null for null.
 *
 * @throws InvalidOptionError for what no cell of the column can be.
 */
export function cellText({ name, type, nullable }: Field, value: CellValue): string | null {
  const what = `where.${name}`;
  if (value === null) {
    if (nullable || DataType.isNull(type)) return null;
    throw new InvalidOptionError(`${what} cannot be null: the column is not nullable`);
  }
  const text = textOfValue(type, value);
  if (text !== undefined) return text;
  const shown =
    value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
  throw new InvalidOptionError(
    `${what} does not fit the type ${type}: ${shown}. ${remedyOf(type, value)}`,
  );
}

function remedyOf(type: DataType, value: CellValue): string {
  if (!isTextable(type) && !DataType.isNull(type)) return 'No value of this type can be asked for';
  if (DataType.isNull(type)) return 'The column holds nothing but nulls: say null';
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return 'A number beyond 2^53 is not exact: give it as text, or as a bigint';
  }
  return `Write it like ${exampleOf(type)}`;
}

/** A column of `rows` cells that are all this text, or null. */
export function constantColumn({ type }: Field, text: string | null, rows: number) {
  return text === null ? buildNulls(type, rows) : levelWriter(type, [text])(new Int32Array(rows));
}

/** The same as a vector. */
export function constantVector(field: Field, text: string | null, rows: number): Vector {
  return new Vector([constantColumn(field, text, rows)]);
}
