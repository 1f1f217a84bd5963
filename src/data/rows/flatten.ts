import { assertLevel } from './infer.js';
import { likeValue } from './values.js';

/**
 * A row with the members of objects in it as keys of its own: `{ a: { b: 1 } }` → `{ 'a.b': 1 }`.
 *
 * @param number of the row, for messages.
 * @throws DataError for a row that is nested too deeply.
 */
export function flattenRow(row: object, number: number): object {
  let isFlat = true;
  for (const value of Object.values(row)) isFlat &&= !isNested(value);
  if (isFlat) return row;
  const flat: Record<string, unknown> = Object.create(null);
  flattenInto(row, '', 0);
  return flat;

  function flattenInto(part: object, path: string, level: number): void {
    assertLevel(level, path, number);
    for (const [key, value] of Object.entries(part)) {
      if (isNested(value)) flattenInto(value as object, `${path}${key}.`, level + 1);
      else flat[path + key] = value;
    }
  }
}

function isNested(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value) &&
    !(value instanceof Date) &&
    !(value instanceof ArrayBuffer) &&
    likeValue(value) === undefined
  );
}
