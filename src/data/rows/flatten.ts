import { assertLevel } from './infer.js';
import { isRecord } from './values.js';

/**
 * A row with the members of objects in it as keys of its own: `{ a: { b: 1 } }` → `{ 'a.b': 1 }`.
 *
 * @param number of the row, for messages.
 * @throws DataError for a row that is nested too deeply.
 */
export function flattenRow(row: object, number: number): object {
  let isFlat = true;
  for (const value of Object.values(row)) isFlat &&= !isRecord(value);
  if (isFlat) return row;
  const flat: Record<string, unknown> = Object.create(null);
  flattenInto(row, '', 0);
  return flat;

  function flattenInto(part: object, path: string, level: number): void {
    assertLevel(level, path, number);
    for (const [key, value] of Object.entries(part)) {
      if (isRecord(value)) flattenInto(value, `${path}${key}.`, level + 1);
      else flat[path + key] = value;
    }
  }
}
