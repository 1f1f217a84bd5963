import { type Data, DataType, Vector } from 'apache-arrow';
import { stringReader } from '../../data/text/scalars.js';
import { isWhole, wholeBounds } from './column-types.js';
import { readFloats, validityOf, wholeReader } from './column-values.js';

/**
 * The exact text of each cell, null for null rows: what levels are compared, sorted and saved by.
 *
 * Whole numbers (dates too) are decimal digits of the stored number, floats the shortest digits
 * that read back as the same number, booleans 'true' and 'false', dictionaries their values.
 */
export function readTexts(vector: Vector): (string | null)[] {
  const texts = vector.data.flatMap(chunkTexts);
  const valid = validityOf(vector);
  return valid ? texts.map((text, row) => (valid[row] ? text : null)) : texts;
}

function chunkTexts(data: Data): (string | null)[] {
  if (DataType.isDictionary(data.type)) {
    const levels = data.dictionary ? readTexts(data.dictionary) : [];
    return Array.from({ length: data.length }, (_, i) => levels[Number(data.values[i])] ?? null);
  }
  const read = textReader(data);
  return Array.from({ length: data.length }, (_, i) => read(i));
}

function textReader(data: Data): (row: number) => string {
  const { type } = data;
  if (DataType.isFloat(type)) {
    const values = readFloats(new Vector([data]));
    return (row) => String(values[row]);
  }
  if (isWhole(type)) {
    const read = wholeReader(data);
    return (row) => String(read(row));
  }
  // Arrow's own decoder drops a leading byte order mark, and so would merge two levels.
  const readText = stringReader(data);
  if (readText) return readText;
  const cells = new Vector([data]);
  return (row) => String(cells.get(row));
}

/** Whether a text is what `readTexts` gives for some cell of the type. */
export function isTextOf(type: DataType, text: string): boolean {
  if (DataType.isDictionary(type)) return isTextOf(type.dictionary, text);
  if (DataType.isBool(type)) return text === 'true' || text === 'false';
  if (DataType.isFloat(type)) return String(Number(text)) === text;
  if (!isWhole(type)) return true;
  if (!/^(0|-?[1-9]\d{0,99})$/.test(text)) return false;
  const { minimum, maximum } = wholeBounds(type);
  return BigInt(text) >= minimum && BigInt(text) <= maximum;
}
