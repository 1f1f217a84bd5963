import { type Data, DataType, makeData, Vector, vectorFromArray } from 'apache-arrow';
import { buildFloats, buildWhole, packBits, withValidity } from './column-build.js';
import { textWriter } from './text-writer.js';

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
    const valid = new Int32Array(codes.length);
    let nulls = 0;
    for (let row = 0; row < codes.length; row++) {
      const isValid = (codes[row] as number) >= 0;
      valid[row] = isValid ? 1 : 0;
      if (!isValid) nulls++;
    }
    return nulls > 0 ? withValidity(data, valid) : data;
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
    const bits = levels.map((level) => (level === 'true' ? 1 : 0));
    return (codes) => {
      const values = new Uint8Array(codes.length);
      for (let row = 0; row < codes.length; row++) values[row] = bits[codes[row] as number] ?? 0;
      return makeData({ type, data: packBits(values), length: codes.length, nullCount: 0 });
    };
  }
  return wordsWriter(
    DataType.isFloat(type)
      ? buildFloats(type, Float64Array.from(levels, Number))
      : buildWhole(type, levels.map(BigInt)),
  );
}

/** Of numbers: the levels as a column of the type, of which cells are copies. */
function wordsWriter({ type, values: levels, stride }: Data): LevelWriter {
  return (codes) => {
    const data = new (levels.constructor as Int32ArrayConstructor)(codes.length * stride);
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] as number;
      if (code < 0) continue;
      for (let k = 0; k < stride; k++) data[row * stride + k] = levels[code * stride + k];
    }
    return makeData({ type, data, length: codes.length, nullCount: 0 } as never);
  };
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
      : new Indices(codes);
    if (!wide)
      for (let row = 0; row < data.length; row++) data[row] = levelOf(codes[row] as number);
    return makeData({ type, data, length: codes.length, nullCount: 0, dictionary } as never);
  };
}
