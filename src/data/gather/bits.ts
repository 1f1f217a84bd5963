/** Bytes of a bitmap of `length` bits, padded to 64 bits as Arrow likes it. */
export function bitmapBytes(length: number): number {
  return Math.ceil(length / 64) * 8;
}

/** Sets `length` bits, from bit `start` on. */
export function setBits(target: Uint8Array, start: number, length: number): void {
  if (length <= 8) {
    orBits(target, start, (1 << length) - 1);
    return;
  }
  const end = start + length;
  let bit = start;
  for (; bit < end && bit % 8 !== 0; bit++) setBit(target, bit);
  const wholeEnd = end - (end % 8);
  if (bit < wholeEnd) {
    target.fill(255, bit / 8, wholeEnd / 8);
    bit = wholeEnd;
  }
  for (; bit < end; bit++) setBit(target, bit);
}

/** Copies `length` bits into a target whose bits there are still 0. */
export function copyBits(
  target: Uint8Array,
  targetStart: number,
  source: Uint8Array,
  sourceStart: number,
  length: number,
): void {
  if (length <= 8) {
    const byte = sourceStart >> 3;
    const pair = (source[byte] as number) | ((source[byte + 1] ?? 0) << 8);
    orBits(target, targetStart, (pair >> (sourceStart & 7)) & ((1 << length) - 1));
    return;
  }
  // Bit by bit up to a whole byte of the target, then a byte at a time out of two source bytes.
  const head = Math.min(length, -targetStart & 7);
  copySingly(target, targetStart, source, sourceStart, head);
  let done = head;
  const shift = (sourceStart + done) % 8;
  for (; done + 8 <= length; done += 8) {
    const from = (sourceStart + done - shift) / 8;
    const low = (source[from] ?? 0) >> shift;
    const high = shift === 0 ? 0 : (source[from + 1] ?? 0) << (8 - shift);
    target[(targetStart + done) / 8] = low | high;
  }
  copySingly(target, targetStart + done, source, sourceStart + done, length - done);
}

function copySingly(
  target: Uint8Array,
  targetStart: number,
  source: Uint8Array,
  sourceStart: number,
  length: number,
): void {
  for (let k = 0; k < length; k++) {
    if (getBit(source, sourceStart + k)) setBit(target, targetStart + k);
  }
}

/** Number of bits set among the first `length`. */
export function countBits(bits: Uint8Array, length: number): number {
  let count = 0;
  const whole = length >> 3;
  for (let index = 0; index < whole; index++) count += ones[bits[index] as number] as number;
  for (let bit = whole * 8; bit < length; bit++) count += getBit(bits, bit) ? 1 : 0;
  return count;
}

/** Sets those of at most 8 bits that are 1, from bit `start` on. */
function orBits(target: Uint8Array, start: number, bits: number): void {
  const byte = start >> 3;
  const moved = bits << (start & 7);
  target[byte] = (target[byte] as number) | moved;
  if (moved > 255) target[byte + 1] = (target[byte + 1] as number) | (moved >> 8);
}

function getBit(bits: Uint8Array, bit: number): boolean {
  return ((bits[bit >> 3] as number) & (1 << (bit & 7))) !== 0;
}

function setBit(bits: Uint8Array, bit: number): void {
  bits[bit >> 3] = (bits[bit >> 3] as number) | (1 << (bit & 7));
}

const ones = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1;
  return count;
});
