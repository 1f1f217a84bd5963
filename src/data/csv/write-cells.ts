import { type Data, DataType, type Field } from 'apache-arrow';
import { DataError } from '../../errors.js';
import { hasJson, jsonReader } from '../json/cells.js';
import { noCellText, noText } from '../text/no-text.js';
import { exactReader, literalReader, type ReadText, stringReader } from '../text/scalars.js';
import { guardText, quoteCell } from './quote.js';
import type { CsvStyle } from './write-options.js';

/** Raises if a column has no text. @throws SchemaError */
export function assertCells(fields: readonly Field[]): void {
  const unfit = fields.find(({ type }) => !hasJson(type));
  if (unfit) throw noText('CSV', unfit.name, unfit.type);
}

/**
 * Writes the cells of a column.
 *
 * @param before rows of the output before the first one, for messages.
 * @throws DataError for a cell that has no text, or would be read as null.
 */
export function cellWriter(
  data: Data,
  name: string,
  before: number,
  style: CsvStyle,
): (row: number) => string {
  const { nullText } = style;
  const write = textWriter(data, style);
  return (row) => {
    if (!isValid(data, row)) return nullText;
    const text = write(row);
    if (text === undefined) throw noCellText('CSV', name, before + row + 1, data.values?.[row]);
    if (text === nullText && nullText !== '') {
      throw new DataError(
        `cell would be read as null: '${text}' in column '${name}', row ${before + row + 1}. Choose another nullText`,
      );
    }
    return text;
  };
}

function isValid(data: Data, row: number): boolean {
  if (DataType.isNull(data.type)) return false;
  return data.nullCount === 0 || data.getValid(row);
}

function textWriter(data: Data, style: CsvStyle): ReadText {
  const { type } = data;
  if (DataType.isDictionary(type)) return dictionaryWriter(data, style);
  const quoted = (read: ReadText, change = (text: string) => text): ReadText => {
    return (row) => {
      const text = read(row);
      return text === undefined ? undefined : quoteCell(change(text), style.delimiter);
    };
  };
  const string = stringReader(data);
  if (string) return quoted(string, style.guard ? guardText : undefined);
  return quoted(literalReader(data) ?? exactReader(data) ?? jsonReader(data));
}

function dictionaryWriter({ values, dictionary }: Data, style: CsvStyle): ReadText {
  const chunks: readonly Data[] = dictionary?.data ?? [];
  const all = chunks.flatMap((chunk) => {
    const write = textWriter(chunk, style);
    const cell = (row: number) => (isValid(chunk, row) ? write(row) : style.nullText);
    return Array.from({ length: chunk.length }, (_, row) => cell(row));
  });
  return (row) => all[Number(values[row])];
}
