import type { DataType } from 'apache-arrow';
import { yieldToEventLoop } from '../../threads/abortable.js';
import type { CsvOptions } from './options.js';
import type { CsvRow } from './rows.js';
import { styledReaders } from './styled-readers.js';
import { type CellReaders, type CsvType, type CsvValue, csvTypes } from './types.js';

/** A column, and how its cells are read. */
export interface CsvColumn {
  readonly name: string;
  readonly type: DataType;
  readonly typeName: CsvType;
  /** The rows that its type was inferred from; undefined if it was given. */
  readonly inferredFrom: number | undefined;
  /** Texts that stand for null in it. */
  readonly isNull: ReadonlySet<string>;
  /** The value of a cell that is not null; undefined if it does not fit. */
  readonly read: (text: string) => CsvValue | undefined;
}

/**
 * The columns with their types: the given ones, and for others the first type that all cells of the
 * sample suggest, which is text in the end. A column of nulls alone is text.
 */
export async function inferColumns(
  names: readonly string[],
  sample: readonly CsvRow[],
  options: CsvOptions,
): Promise<CsvColumn[]> {
  const { types, nulls, markers, signal } = options;
  const plain = new Set(nulls);
  const marked = new Set([...nulls, ...markers]);
  const readers = styledReaders(options);
  const columns: CsvColumn[] = [];
  for (const [index, name] of names.entries()) {
    // The sample may be 64 MiB of text.
    await yieldToEventLoop(signal);
    const given = Object.hasOwn(types, name) ? types[name] : undefined;
    const texts = sample.map(({ cells }) => cells[index] as string);
    const { typeName, isNull } =
      given === undefined
        ? inferType(texts, readers, plain, marked)
        : { typeName: given, isNull: given === 'utf8' ? plain : marked };
    const { type, read, suggests } = readers[typeName];
    columns.push({
      name,
      type: type(),
      typeName,
      isNull,
      inferredFrom: given ? undefined : sample.length,
      // Of a type that nobody gave, a cell after the sample must not lose what no cell in it would.
      read: given ? read : (text) => (suggests(text) ? read(text) : undefined),
    });
  }
  return columns;
}

/** The first type that all cells suggest, and what is null then: of text fewer things are. */
function inferType(
  texts: readonly string[],
  readers: CellReaders,
  plain: ReadonlySet<string>,
  marked: ReadonlySet<string>,
): { typeName: CsvType; isNull: ReadonlySet<string> } {
  const cells = texts.filter((text) => !marked.has(text));
  const typeName = csvTypes.find((type) => cells.every((text) => readers[type].suggests(text)));
  if (cells.length === 0 || !typeName || typeName === 'utf8') {
    return { typeName: 'utf8', isNull: plain };
  }
  return { typeName, isNull: marked };
}
