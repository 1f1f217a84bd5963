import { plainDate } from './date-format.js';
import { plainNumber } from './numbers.js';
import type { CsvOptions } from './options.js';
import { type CellReader, type CellReaders, cellReaders } from './types.js';

/** How cells are read where numbers or dates are written in a style of their own. */
export function styledReaders({
  decimal,
  thousands,
  dateFormat,
}: Pick<CsvOptions, 'decimal' | 'thousands' | 'dateFormat'>): CellReaders {
  const number = plainNumber({ decimal, thousands });
  const date = dateFormat === undefined ? (text: string) => text : plainDate(dateFormat);
  const isPlain = decimal === '.' && thousands === undefined && dateFormat === undefined;
  if (isPlain) return cellReaders;
  const { int64, float64, date: day, timestamp, timestamptz } = cellReaders;
  return {
    ...cellReaders,
    int64: through(number, int64),
    float64: through(number, float64),
    date: through(date, day),
    timestamp: through(date, timestamp),
    timestamptz: through(date, timestamptz),
  };
}

function through(plain: (text: string) => string | undefined, reader: CellReader): CellReader {
  return {
    type: reader.type,
    read(text) {
      const found = plain(text.trim());
      return found === undefined ? undefined : reader.read(found);
    },
    suggests(text) {
      const found = plain(text);
      return found !== undefined && reader.suggests(found);
    },
  };
}
