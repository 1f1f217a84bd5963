import type { Data, DataType } from 'apache-arrow';
import { levelCapacity } from '../cells/column-types.js';
import { levelWriter } from '../cells/level-writer.js';

/**
 * Writes a column of texts of any layout. A dictionary with narrow indices cannot hold more texts than
 * these tell apart: further rows then repeat them.
 */
export function writeTexts(type: DataType, texts: readonly (string | null)[]): Data {
  const distinct = [...new Set(texts.filter((text) => text !== null))];
  const levels = distinct.slice(0, levelCapacity(type));
  const placeOf = new Map(distinct.map((text, place) => [text, place % levels.length]));
  const codes = Int32Array.from(texts, (text) => (text === null ? -1 : (placeOf.get(text) ?? -1)));
  return levelWriter(type, levels)(codes);
}
