import type { Data, DataType } from 'apache-arrow';
import { bitmapBytes, copyBits } from './bits.js';
import { countRows, type Run, shortRun, sourceOf } from './runs.js';

type TypedArray = Uint8Array | Int32Array | BigInt64Array;
type Words = Uint8Array | Uint16Array | Uint32Array;

/**
 * The values buffer of a type with a fixed number of array elements a row.
 *
 * Integer words are copied, not numbers: NaN payloads and negative zeros stay as they are.
 *
 * @param stride array elements a row.
 */
export function gatherValues(
  type: DataType,
  stride: number,
  sources: readonly Data[],
  runs: readonly Run[],
): TypedArray {
  const target: TypedArray = new type.ArrayType(countRows(runs) * stride);
  const width = target.BYTES_PER_ELEMENT * stride;
  const bytes = wordBytes(width, sources);
  // Writers may leave out the values of a column of nulls.
  const words = sources.map(({ values }) => (values ? asWords(values, bytes) : undefined));
  copyWords(asWords(target, bytes), words, runs, width / bytes);
  return target;
}

function copyWords(
  target: Words,
  sources: readonly (Words | undefined)[],
  runs: readonly Run[],
  wordsPerRow: number,
): void {
  let position = 0;
  for (const run of runs) {
    const words = sources[run.source];
    const count = run.length * wordsPerRow;
    const from = run.start * wordsPerRow;
    if (words && count > shortRun) target.set(words.subarray(from, from + count), position);
    else if (words) {
      for (let k = 0; k < count; k++) target[position + k] = words[from + k] as number;
    }
    position += count;
  }
}

/** The widest word, of at most 4 bytes, that rows consist of and that all sources are aligned to. */
function wordBytes(width: number, sources: readonly Data[]): number {
  const fits = (bytes: number) =>
    width % bytes === 0 &&
    sources.every(({ values }) => !values || values.byteOffset % bytes === 0);
  return [4, 2].find(fits) ?? 1;
}

/** The values buffer of booleans: one bit a row. */
export function gatherBooleans(sources: readonly Data[], runs: readonly Run[]): Uint8Array {
  const target = new Uint8Array(bitmapBytes(countRows(runs)));
  let position = 0;
  for (const run of runs) {
    const source = sourceOf(sources, run);
    if (source.values) {
      copyBits(target, position, source.values, source.offset + run.start, run.length);
    }
    position += run.length;
  }
  return target;
}

function asWords({ buffer, byteOffset, byteLength }: ArrayBufferView, bytes: number): Words {
  if (bytes === 4) return new Uint32Array(buffer, byteOffset, byteLength >> 2);
  if (bytes === 2) return new Uint16Array(buffer, byteOffset, byteLength >> 1);
  return new Uint8Array(buffer, byteOffset, byteLength);
}
