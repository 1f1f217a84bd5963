import type { DataType } from 'apache-arrow';
import { yieldToEventLoop } from '../../threads/abortable.js';
import type { CsvOptions } from './options.js';
import type { CsvRow } from './rows.js';
import { type CellValue, type CsvType, cellReaders, csvTypes } from './types.js';

/** A column, and how its cells are read. */
export interface CsvColumn {
  readonly name: string;
  readonly type: DataType;
  readonly typeName: CsvType;
  /** The rows that its type was inferred from; undefined if it was given. */
  readonly inferredFrom: number | undefined;
  /** The value of a cell that is not null; undefined if it does not fit. */
  readonly read: (text: string) => CellValue | undefined;
}

/**
 * The columns with their types: the given ones, and for others the first type that all cells of the
 * sample suggest, which is text in the end. A column of nulls alone is text.
 */
export async function inferColumns(
  names: readonly string[],
  sample: readonly CsvRow[],
  { types, nulls, signal }: CsvOptions,
): Promise<CsvColumn[]> {
  const isNull = new Set(nulls);
  const columns: CsvColumn[] = [];
  for (const [index, name] of names.entries()) {
    // The sample may be 64 MiB of text.
    await yieldToEventLoop(signal);
    const given = Object.hasOwn(types, name) ? types[name] : undefined;
    const texts = sample.map(({ cells }) => cells[index] as string);
    const typeName = given ?? inferType(texts.filter((text) => !isNull.has(text)));
    const { type, read, suggests } = cellReaders[typeName];
    columns.push({
      name,
      type: type(),
      typeName,
      inferredFrom: given ? undefined : sample.length,
      // Of a type that nobody gave, a cell after the sample must not lose what no cell in it would.
      read: given ? read : (text) => (suggests(text) ? read(text) : undefined),
    });
  }
  return columns;
}

function inferType(texts: readonly string[]): CsvType {
  if (texts.length === 0) return 'utf8';
  return csvTypes.find((type) => texts.every((text) => cellReaders[type].suggests(text))) ?? 'utf8';
}
