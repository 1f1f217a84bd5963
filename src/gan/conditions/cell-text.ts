import { DataType, type Field, Vector, vectorFromArray } from 'apache-arrow';
import { isTextOf, readTexts } from '../../encode/cells/column-texts.js';
import { isTemporal } from '../../encode/cells/column-types.js';
import { levelWriter } from '../../encode/cells/level-writer.js';
import { InvalidOptionError } from '../../errors.js';
import type { CellValue } from './options.js';

/**
 * A wanted cell as the text of a level (see `readTexts`); null for null.
 *
 * @throws InvalidOptionError for what no cell of the column can be.
 */
export function cellText({ name, type, nullable }: Field, value: CellValue): string | null {
  const what = `where.${name}`;
  if (value === null) {
    if (nullable) return null;
    throw new InvalidOptionError(`${what} cannot be null: the column is not nullable`);
  }
  const text = textOf(type, value);
  if (text !== undefined && isTextOf(type, text)) return text;
  throw new InvalidOptionError(`${what} does not fit the type ${type}: ${String(value)}`);
}

function textOf(type: DataType, value: Exclude<CellValue, null>): string | undefined {
  const own = DataType.isDictionary(type) ? type.dictionary : type;
  if (isTemporal(own) && (value instanceof Date || Number.isNaN(Number(value)))) {
    const date = new Date(value as string | Date);
    if (!(DataType.isDate(own) || DataType.isTimestamp(own)) || Number.isNaN(date.getTime()))
      return;
    return readTexts(vectorFromArray([date], own))[0] ?? undefined;
  }
  if (value instanceof Date) return undefined;
  const text = String(value);
  if (!DataType.isFloat(own) || text.trim() === '') return text;
  // Of 1e3 and 1000.0 the shortest digits are the text.
  return Number.isNaN(Number(text)) ? text : String(Number(text));
}

/** A column of `rows` cells that are all this text, or null. */
export function constantColumn({ type }: Field, text: string | null, rows: number) {
  const levels = text === null ? ['0'] : [text];
  return levelWriter(type, levels)(new Int32Array(rows).fill(text === null ? -1 : 0));
}

/** The same as a vector. */
export function constantVector(field: Field, text: string | null, rows: number): Vector {
  return new Vector([constantColumn(field, text, rows)]);
}
