const magic = 0x184d2204;
const endMark = 0;
const leastMatch = 4;

/**
 * Decompresses an LZ4 frame of exactly `size` bytes.
 *
 * The libraries would not do: one gives wrong bytes for damaged ones without a word, another fails
 * for ever after its first error. Checksums are not looked at: Arrow's writers leave them out.
 *
 * @throws RangeError if it is no such frame, is damaged, or holds more or fewer bytes.
 */
export function decompressLz4(frame: Uint8Array, size: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const target = new Uint8Array(size);
  const { blockChecksums, start } = readHeader(view);
  let position = start;
  let length = 0;
  for (;;) {
    const word = view.getUint32(position, true);
    position += 4;
    if (word === endMark) break;
    const end = position + (word & 0x7fffffff);
    if (end > frame.length) throw new RangeError('an LZ4 block is cut short');
    // The highest bit says that the block is stored as it is.
    length =
      word >>> 31 === 1
        ? copyBlock(frame.subarray(position, end), target, length)
        : decompressLz4Block(frame.subarray(position, end), target, length);
    position = end + (blockChecksums ? 4 : 0);
  }
  if (length !== size) throw new RangeError(`an LZ4 frame has ${length} bytes of ${size}`);
  return target;
}

function readHeader(view: DataView) {
  if (view.getUint32(0, true) !== magic) throw new RangeError('it has no LZ4 frame');
  const flags = view.getUint8(4);
  if (flags >> 6 !== 1) throw new RangeError('an LZ4 frame is of an unknown version');
  if (flags & 1) throw new RangeError('an LZ4 frame needs a dictionary');
  const hasSize = (flags & 8) !== 0;
  return { blockChecksums: (flags & 16) !== 0, start: hasSize ? 15 : 7 };
}

function copyBlock(source: Uint8Array, target: Uint8Array, at: number): number {
  if (at + source.length > target.length) throw tooMany(target);
  target.set(source, at);
  return at + source.length;
}

/** Appends a block's bytes to the first `start` of the target, which its matches may refer to. */
export function decompressLz4Block(source: Uint8Array, target: Uint8Array, start: number): number {
  let from = 0;
  let to = start;
  while (from < source.length) {
    const token = source[from++] as number;
    const literals = readLength(token >> 4);
    if (from + literals > source.length) throw new RangeError('an LZ4 block is cut short');
    if (to + literals > target.length) throw tooMany(target);
    copyLiterals(source, from, target, to, literals);
    from += literals;
    to += literals;
    // The last sequence has no match.
    if (from === source.length) return to;
    const distance = byte() | (byte() << 8);
    const count = readLength(token & 15) + leastMatch;
    if (distance === 0 || distance > to) throw new RangeError('an LZ4 match has no source');
    if (to + count > target.length) throw tooMany(target);
    if (distance >= count) target.copyWithin(to, to - distance, to - distance + count);
    else for (let k = 0; k < count; k++) target[to + k] = target[to + k - distance] as number;
    to += count;
  }
  return to;

  function readLength(nibble: number): number {
    let length = nibble;
    if (nibble < 15) return length;
    for (let next = 255; next === 255; length += next) next = byte();
    return length;
  }

  function byte(): number {
    const value = source[from++];
    if (value === undefined) throw new RangeError('an LZ4 block is cut short');
    return value;
  }
}

function copyLiterals(
  source: Uint8Array,
  from: number,
  target: Uint8Array,
  to: number,
  length: number,
): void {
  // Most are short: a call of `set` costs more than the copy.
  if (length > 32) target.set(source.subarray(from, from + length), to);
  else for (let k = 0; k < length; k++) target[to + k] = source[from + k] as number;
}

function tooMany(target: Uint8Array): RangeError {
  return new RangeError(`an LZ4 frame has more than ${target.length} bytes`);
}
