import { FormatError } from '../../errors.js';

/** Levels in a group of packed bits. */
const group = 8;

/**
 * Raises unless definition levels of 0 and 1, in Parquet's hybrid of runs and packed bits, are as
 * many as there are values.
 *
 * @param start where they begin.
 * @param name names the column in messages.
 * @returns how many are 1, and where they end.
 * @throws FormatError
 */
export function checkLevels(
  bytes: Uint8Array,
  start: number,
  values: number,
  name: string,
): { valid: number; end: number } {
  let [position, left, valid] = [start, values, 0];
  while (left > 0) {
    const header = readVarint();
    const isPacked = header % 2 === 1;
    const count = Math.floor(header / 2) * (isPacked ? group : 1);
    // The last group of packed bits is filled up.
    const most = isPacked ? Math.ceil(left / group) * group : left;
    if (count === 0 || count > most) throw damaged(`a run of ${count} levels of ${left}`);
    if (isPacked) {
      const taken = Math.min(count, left);
      for (let level = 0; level < taken; level++) {
        valid += ((byteAt(position + (level >> 3)) >> (level & 7)) & 1) as number;
      }
      position += count / group;
    } else {
      const level = byteAt(position++);
      if (level > 1) throw damaged(`a level of ${level}`);
      valid += level * count;
    }
    left -= count;
  }
  if (position > bytes.length) throw damaged('more levels than bytes');
  return { valid, end: position };

  function readVarint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = byteAt(position++);
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      if (factor > 2 ** 35) throw damaged('a run without end');
    }
  }

  function byteAt(at: number): number {
    const byte = bytes[at];
    if (byte === undefined) throw damaged('more levels than bytes');
    return byte;
  }

  function damaged(claim: string): FormatError {
    return new FormatError(
      `Parquet column is damaged: '${name}' (it claims ${claim}). Write or copy the file again`,
    );
  }
}
