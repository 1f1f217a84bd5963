import { type Data, DataType, Vector } from 'apache-arrow';
import type { Run } from './runs.js';

/** One array out of row runs of several: `gatherData`. */
export type GatherData = (type: DataType, sources: readonly Data[], runs: readonly Run[]) => Data;

/** A dictionary with the missing values of another one, and where each of the other's is in it. */
export interface ExtendedDictionary {
  readonly dictionary: Vector;
  readonly translation: Int32Array;
}

/** Whether two dictionaries are one and the same, or hold the same bytes in the same order. */
export function sameDictionary(a: Vector, b: Vector): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  if (a.data.length === b.data.length && a.data.every((chunk, k) => chunk === b.data[k])) {
    return true;
  }
  const [left, right] = [valueKeys(a), valueKeys(b)];
  return left !== undefined && right !== undefined && left.every((key, k) => key === right[k]);
}

/** Appends to `dictionary`, as one more chunk, the values of `other` that it lacks. */
export function extendDictionary(
  dictionary: Vector,
  other: Vector,
  gatherData: GatherData,
): ExtendedDictionary {
  const positions = new Map<string, number>();
  for (const [index, key] of (valueKeys(dictionary) ?? []).entries()) {
    if (!positions.has(key)) positions.set(key, index);
  }
  const keys = valueKeys(other);
  const translation = new Int32Array(other.length);
  const missing: number[] = [];
  for (let index = 0; index < other.length; index++) {
    const key = keys?.[index];
    let position = key === undefined ? undefined : positions.get(key);
    if (position === undefined) {
      position = dictionary.length + missing.length;
      if (key !== undefined) positions.set(key, position);
      missing.push(index);
    }
    translation[index] = position;
  }
  if (missing.length === 0) return { dictionary, translation };
  const appended = gatherData(dictionary.type, other.data, locate(other, missing));
  // The first chunk stays the same object, even if it is empty: by it, arrow-js's writers see that
  // this dictionary continues the one before.
  return { dictionary: new Vector([...dictionary.data, appended]), translation };
}

/** Values as text that is equal where their bytes are; undefined for types without one buffer. */
function valueKeys(vector: Vector): string[] | undefined {
  const { type } = vector;
  const isText = DataType.isUtf8(type) || DataType.isLargeUtf8(type);
  const isBinary = DataType.isBinary(type) || DataType.isLargeBinary(type);
  const isFlat = !DataType.isBool(type) && !type.children?.length && !DataType.isDictionary(type);
  if (!isFlat || DataType.isUtf8View(type) || DataType.isBinaryView(type)) return undefined;
  const keys: string[] = [];
  for (const data of vector.data) {
    const { values, valueOffsets, stride } = data;
    if (!values) return undefined;
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const width = values.BYTES_PER_ELEMENT * stride;
    for (let row = 0; row < data.length; row++) {
      const variable = isText || isBinary;
      const start = variable ? Number(valueOffsets[row]) : row * width;
      const end = variable ? Number(valueOffsets[row + 1]) : start + width;
      keys.push(data.getValid(row) ? `v${bytes.toString('latin1', start, end)}` : 'null');
    }
  }
  return keys;
}

function locate(vector: Vector, rows: readonly number[]): Run[] {
  const runs: Run[] = [];
  let source = 0;
  let before = 0;
  for (const row of rows) {
    while (row - before >= (vector.data[source] as Data).length) {
      before += (vector.data[source] as Data).length;
      source++;
    }
    runs.push({ source, start: row - before, length: 1 });
  }
  return runs;
}
