import { type Data, DataType, makeData } from 'apache-arrow';

/** A writer of text cells that are each one of a few levels, and empty where the code is −1. */
export function textWriter(type: DataType, levels: readonly string[]): (codes: Int32Array) => Data {
  const bytes = levels.map((level) => new TextEncoder().encode(level));
  const lengths = Int32Array.from(bytes, ({ length }) => length);
  const starts = new Int32Array(levels.length);
  for (let code = 1; code < levels.length; code++) {
    starts[code] = (starts[code - 1] as number) + (lengths[code - 1] as number);
  }
  const all = new Uint8Array(Buffer.concat(bytes));
  return (codes) => {
    const offsets = new Int32Array(codes.length + 1);
    let end = 0;
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] as number;
      if (code >= 0) end += lengths[code] as number;
      offsets[row + 1] = end;
    }
    const data = new Uint8Array(end);
    let position = 0;
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] as number;
      if (code < 0) continue;
      const start = starts[code] as number;
      const stop = start + (lengths[code] as number);
      // A loop is faster than `set` where texts are short, as names of categories are.
      for (let k = start; k < stop; k++) data[position++] = all[k] as number;
    }
    const valueOffsets = DataType.isLargeUtf8(type) ? BigInt64Array.from(offsets, BigInt) : offsets;
    return makeData({ type, data, valueOffsets, length: codes.length, nullCount: 0 } as never);
  };
}
