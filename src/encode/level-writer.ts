import { type Data, DataType, makeData, Vector, vectorFromArray } from 'apache-arrow';
import { buildFloats, buildWhole, packBits, withValidity } from './column-build.js';

/** Writes a column of codes: row i holds level `codes[i]`, or null where the code is −1. */
export type LevelWriter = (codes: Int32Array) => Data;

/**
 * A writer of cells that are each one of a few levels, given by their texts (see `readTexts`).
 *
 * A dictionary column keeps its own type object, and gets the same dictionary vector every time,
 * so that a writer of many batches sends it once.
 */
export function levelWriter(type: DataType, levels: readonly string[]): LevelWriter {
  const write = plainWriter(type, levels);
  return (codes) => {
    const data = write(codes);
    return codes.some((code) => code < 0)
      ? withValidity(
          data,
          codes.map((code) => (code < 0 ? 0 : 1)),
        )
      : data;
  };
}

function plainWriter(type: DataType, levels: readonly string[]): LevelWriter {
  if (DataType.isDictionary(type)) return dictionaryWriter(type, levels);
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return textWriter(type, levels);
  if (DataType.isUtf8View(type)) {
    return (codes) => {
      const texts = Array.from(codes, (code) => levels[code] ?? '');
      return vectorFromArray(texts, type).data[0] ?? makeData({ type, views: new Uint8Array(0) });
    };
  }
  if (DataType.isBool(type)) {
    return (codes) => {
      const data = packBits(Array.from(codes, (code) => levels[code] === 'true'));
      return makeData({ type, data, length: codes.length, nullCount: 0 });
    };
  }
  if (DataType.isFloat(type)) {
    const numbers = levels.map(Number);
    return (codes) =>
      buildFloats(
        type,
        Float64Array.from(codes, (code) => numbers[code] ?? 0),
      );
  }
  const numbers = levels.map(BigInt);
  return (codes) =>
    buildWhole(
      type,
      Array.from(codes, (code) => numbers[code] ?? 0n),
    );
}

function dictionaryWriter(type: DataType, levels: readonly string[]): LevelWriter {
  if (!DataType.isDictionary(type)) throw new TypeError('not a dictionary type');
  const all = Int32Array.from(levels, (_, code) => code);
  const dictionary = new Vector([levelWriter(type.dictionary, levels)(all)]);
  const Indices = type.indices.ArrayType as Int32ArrayConstructor & BigInt64ArrayConstructor;
  const wide = type.indices.ArrayType.BYTES_PER_ELEMENT === 8;
  return (codes) => {
    const levelOf = (code: number) => Math.max(code, 0);
    const data = wide
      ? Indices.from(Array.from(codes, (code) => BigInt(levelOf(code))))
      : Indices.from(codes, levelOf);
    return makeData({ type, data, length: codes.length, nullCount: 0, dictionary } as never);
  };
}

function textWriter(type: DataType, levels: readonly string[]): LevelWriter {
  const bytes = levels.map((level) => new TextEncoder().encode(level));
  const nothing = new Uint8Array(0);
  return (codes) => {
    const offsets = new Int32Array(codes.length + 1);
    for (let row = 0; row < codes.length; row++) {
      offsets[row + 1] = (offsets[row] as number) + (bytes[codes[row] as number] ?? nothing).length;
    }
    const data = new Uint8Array(offsets[codes.length] as number);
    let position = 0;
    for (let row = 0; row < codes.length; row++) {
      const text = bytes[codes[row] as number] ?? nothing;
      // A loop is faster than `set` where texts are short, as names of categories are.
      for (let k = 0; k < text.length; k++) data[position++] = text[k] as number;
    }
    const valueOffsets = DataType.isLargeUtf8(type) ? BigInt64Array.from(offsets, BigInt) : offsets;
    return makeData({ type, data, valueOffsets, length: codes.length, nullCount: 0 } as never);
  };
}
