import { type Data, DataType, type Field } from 'apache-arrow';
import { exactReader, literalReader, type ReadText, stringReader } from '../text/scalars.js';

/** Whether cells of a type can be written as JSON: bytes, unions and intervals cannot. */
export function hasJson(type: DataType): boolean {
  if (DataType.isDictionary(type)) return hasJson(type.dictionary);
  if (
    DataType.isList(type) ||
    DataType.isLargeList(type) ||
    DataType.isFixedSizeList(type) ||
    DataType.isMap(type) ||
    DataType.isStruct(type)
  ) {
    return type.children.every((field: Field) => hasJson(field.type));
  }
  return [
    DataType.isNull,
    DataType.isBool,
    DataType.isInt,
    DataType.isFloat,
    DataType.isUtf8,
    DataType.isLargeUtf8,
    DataType.isUtf8View,
    DataType.isDecimal,
    DataType.isDate,
    DataType.isTimestamp,
    DataType.isTime,
    DataType.isDuration,
  ].some((is) => is(type));
}

/**
 * Reads the cells of a column as JSON; undefined for a cell that JSON does not have, such as NaN.
 *
 * Whole numbers have all of their digits; decimals, dates and times are texts; a map is a list of its
 * entries.
 */
export function jsonReader(data: Data): ReadText {
  if (DataType.isNull(data.type)) return () => 'null';
  const read = valueReader(data);
  if (data.nullCount === 0) return read;
  return (row) => (data.getValid(row) ? read(row) : 'null');
}

function valueReader(data: Data): ReadText {
  const { type, children, valueOffsets } = data;
  if (DataType.isDictionary(type)) return dictionaryReader(data);
  const string = stringReader(data);
  if (string) return (row) => JSON.stringify(string(row));
  const literal = literalReader(data);
  if (literal && DataType.isFloat(type)) {
    return (row) => {
      const text = literal(row);
      return Number.isFinite(Number(text)) ? text : undefined;
    };
  }
  if (literal) return literal;
  const exact = exactReader(data);
  if (exact) {
    return (row) => {
      const text = exact(row);
      return text && `"${text}"`;
    };
  }
  if (DataType.isStruct(type)) return structReader(type.children, children);
  const item = jsonReader(children[0] as Data);
  if (DataType.isFixedSizeList(type)) {
    return (row) => listText(item, row * type.listSize, (row + 1) * type.listSize);
  }
  return (row) => listText(item, Number(valueOffsets[row]), Number(valueOffsets[row + 1]));
}

/** Reads rows of some columns as JSON objects. */
export function structReader(fields: readonly Field[], columns: readonly Data[]): ReadText {
  const members = columns.map((data, k) => ({
    start: `${k > 0 ? ',' : ''}${JSON.stringify(fields[k]?.name)}:`,
    read: jsonReader(data),
  }));
  return (row) => {
    let text = '{';
    for (const { start, read } of members) {
      const value = read(row);
      if (value === undefined) return undefined;
      text += start + value;
    }
    return `${text}}`;
  };
}

function listText(item: ReadText, start: number, end: number): string | undefined {
  const texts = Array.from({ length: end - start }, (_, k) => item(start + k));
  return texts.includes(undefined) ? undefined : `[${texts.join()}]`;
}

function dictionaryReader({ values, dictionary }: Data): ReadText {
  const chunks: readonly Data[] = dictionary?.data ?? [];
  const all = chunks.flatMap((chunk) => {
    const read = jsonReader(chunk);
    return Array.from({ length: chunk.length }, (_, row) => read(row));
  });
  return (row) => all[Number(values[row])];
}
