/** Lengths of a page, added up. */
interface Lengths {
  readonly count: number;
  readonly sum: number;
  readonly largest: number;
  /** Where the bytes after them start. */
  readonly end: number;
}

/** What a page of byte arrays becomes, without the offsets of its values. */
export interface ValueBytes {
  readonly total: number;
  /** Of the longest value, at most. */
  readonly longest: number;
}

/** DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY in parquet.thrift. */
export const deltaEncodings = { lengths: 6, prefixes: 7 } as const;

/**
 * What byte arrays become whose lengths are written as differences: DELTA_LENGTH_BYTE_ARRAY, or
 * DELTA_BYTE_ARRAY, of which each value starts with so many bytes of the one before.
 *
 * @param body of the page behind its levels, not compressed.
 * @param values of the page, nulls among them.
 * @throws RangeError if it has more lengths than values, or lengths that cannot be.
 */
export function measureDeltaValues(
  body: Uint8Array,
  encoding: (typeof deltaEncodings)[keyof typeof deltaEncodings],
  values: number,
): ValueBytes {
  // Pages of nulls alone may have nothing at all.
  if (body.length === 0) return { total: 0, longest: 0 };
  const first = readLengths(body, 0, values);
  if (encoding === deltaEncodings.lengths) return { total: first.sum, longest: first.largest };
  const second = readLengths(body, first.end, values);
  return { total: first.sum + second.sum, longest: first.largest + second.largest };
}

/** Reads DELTA_BINARY_PACKED lengths: https://parquet.apache.org/docs/file-format/data-pages/encodings. */
function readLengths(bytes: Uint8Array, start: number, most: number): Lengths {
  let position = start;
  const blockValues = readVarint();
  const miniBlocks = readVarint();
  const count = readVarint();
  if (count > most) throw new RangeError(`${count} lengths of ${most} values`);
  let length = readSigned();
  if (count === 0) return { count, sum: 0, largest: 0, end: position };
  const miniValues = blockValues / miniBlocks;
  if (!Number.isInteger(miniValues) || miniValues === 0 || miniValues % 8 !== 0) {
    throw new RangeError(`blocks of ${blockValues} lengths in ${miniBlocks} parts`);
  }
  let [sum, largest] = [0, 0];
  add(1);
  for (let left = count - 1; left > 0; ) {
    const smallest = readSigned();
    const widths = bytes.subarray(position, position + miniBlocks);
    if (widths.length < miniBlocks) throw new RangeError('lengths that end too early');
    position += miniBlocks;
    for (const width of widths) {
      // Behind the last value widths are what they like, and nothing follows.
      if (left === 0) break;
      const present = Math.min(miniValues, left);
      readMiniBlock(width, smallest, present);
      position += (width * miniValues) / 8;
      left -= present;
    }
  }
  if (position > bytes.length) throw new RangeError('lengths that end too early');
  return { count, sum, largest, end: position };

  function readMiniBlock(width: number, smallest: number, present: number): void {
    if (width > 32) throw new RangeError(`lengths of ${width} bits`);
    // Very many equal lengths take no bytes: they must take no time either.
    if (width === 0 && smallest === 0) {
      add(present);
      return;
    }
    let [at, shift] = [position, 0];
    for (let k = 0; k < present; k++) {
      let delta = smallest;
      for (let got = 0; got < width; ) {
        const taken = Math.min(8 - shift, width - got);
        delta += (((bytes[at] ?? 0) >> shift) & ((1 << taken) - 1)) * 2 ** got;
        got += taken;
        shift += taken;
        if (shift === 8) [at, shift] = [at + 1, 0];
      }
      // Writers may compute differences in 32 bits.
      length = (length + delta) | 0;
      add(1);
    }
  }

  function add(times: number): void {
    if (length < 0 || length > bytes.length) throw new RangeError(`a length of ${length}`);
    sum += times * length;
    if (length > largest) largest = length;
  }

  function readVarint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[position++];
      if (byte === undefined) throw new RangeError('lengths that end too early');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      if (factor > 2 ** 35) throw new RangeError('a number without end');
    }
  }

  function readSigned(): number {
    const value = readVarint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
