import { likeValue } from './values.js';

/** A row with the members of objects in it as keys of its own: `{ a: { b: 1 } }` → `{ 'a.b': 1 }`. */
export function flattenRow(row: object): object {
  let isFlat = true;
  for (const value of Object.values(row)) isFlat &&= !isNested(value);
  if (isFlat) return row;
  const flat: Record<string, unknown> = Object.create(null);
  flattenInto(flat, row, '');
  return flat;
}

function flattenInto(flat: Record<string, unknown>, row: object, path: string): void {
  for (const [key, value] of Object.entries(row)) {
    if (isNested(value)) flattenInto(flat, value as object, `${path}${key}.`);
    else flat[path + key] = value;
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
