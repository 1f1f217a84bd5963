import {
  type Data,
  Dictionary,
  Field,
  Int32,
  makeData,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import { bitmapBytes, setBits } from '../gather/bits.js';
import type { LabelledFile } from './list-files.js';

/** The label column: one dictionary for all batches; undefined if no file is in a sub-folder. */
export function labelColumn(files: readonly LabelledFile[]) {
  const found = new Set(files.map(({ label }) => label));
  const names = [...found].filter((name) => name !== undefined).sort();
  if (names.length === 0) return undefined;
  const places = new Map(names.map((name, place) => [name, place]));
  const type = new Dictionary(new Utf8(), new Int32());
  const dictionary: Vector<Utf8> = vectorFromArray(names, new Utf8());
  const field = new Field('label', type, found.has(undefined));
  const of = (part: readonly LabelledFile[]): Data => {
    const data = Int32Array.from(part, ({ label }) => places.get(label ?? '') ?? 0);
    const nullCount = part.filter(({ label }) => label === undefined).length;
    const all = { type, length: part.length, nullCount, data, dictionary };
    if (nullCount === 0) return makeData(all);
    const nullBitmap = new Uint8Array(bitmapBytes(part.length));
    for (const [row, { label }] of part.entries()) {
      if (label !== undefined) setBits(nullBitmap, row, 1);
    }
    return makeData({ ...all, nullBitmap });
  };
  return { field, of };
}
