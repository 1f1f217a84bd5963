import type { Data, DataType } from 'apache-arrow';
import { bitmapBytes, copyBits } from './bits.js';
import { type RunList, shortRun } from './runs.js';

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
  runs: RunList,
): TypedArray {
  const target: TypedArray = new type.ArrayType(runs.rows * stride);
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
  { count, sources: numbers, starts, lengths }: RunList,
  wordsPerRow: number,
): void {
  let position = 0;
  for (let run = 0; run < count; run++) {
    const words = sources[numbers[run] as number];
    const length = (lengths[run] as number) * wordsPerRow;
    const from = (starts[run] as number) * wordsPerRow;
    if (words && length > shortRun) target.set(words.subarray(from, from + length), position);
    else if (words) {
      for (let k = 0; k < length; k++) target[position + k] = words[from + k] as number;
    }
    position += length;
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
export function gatherBooleans(sources: readonly Data[], runs: RunList): Uint8Array {
  const { count, rows, sources: numbers, starts, lengths } = runs;
  const target = new Uint8Array(bitmapBytes(rows));
  let position = 0;
  for (let run = 0; run < count; run++) {
    const { values, offset } = sources[numbers[run] as number] as Data;
    const length = lengths[run] as number;
    if (values) copyBits(target, position, values, offset + (starts[run] as number), length);
    position += length;
  }
  return target;
}

function asWords({ buffer, byteOffset, byteLength }: ArrayBufferView, bytes: number): Words {
  if (bytes === 4) return new Uint32Array(buffer, byteOffset, byteLength >> 2);
  if (bytes === 2) return new Uint16Array(buffer, byteOffset, byteLength >> 1);
  return new Uint8Array(buffer, byteOffset, byteLength);
}
