import {
  Bool,
  type DataType,
  DateMillisecond,
  Decimal,
  Dictionary,
  Float16,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  LargeUtf8,
  makeData,
  TimestampNanosecond,
  tableFromIPC,
  tableToIPC,
  Uint64,
  Utf8,
  Utf8View,
  Vector,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTextOf, readTexts } from '../../../src/encode/cells/column-texts.js';
import { column, cut, tableOf } from '../columns.js';

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const whole = (bits: number) =>
  fc.bigInt({ min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n }).map(String);

const kinds: [string, DataType, fc.Arbitrary<string>][] = [
  ['utf8', new Utf8(), text],
  ['large utf8', new LargeUtf8(), text],
  ['utf8 view', new Utf8View(), text],
  ['dictionary of utf8', new Dictionary(new Utf8(), new Int16()), text],
  ['dictionary of int64', new Dictionary(new Int64(), new Int8()), whole(64)],
  ['bool', new Bool(), fc.constantFrom('true', 'false')],
  ['int8', new Int8(), whole(8)],
  ['int64', new Int64(), whole(64)],
  ['uint64', new Uint64(), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String)],
  ['timestamp in ns', new TimestampNanosecond(), whole(64)],
  ['date64', new DateMillisecond(), whole(64)],
  ['decimal128', new Decimal(2, 38, 128), whole(120)],
  ['decimal256', new Decimal(2, 70, 256), whole(220)],
  ['float32', new Float32(), fc.float().map(String)],
  ['float64', new Float64(), fc.double().map(String)],
  ['float16', new Float16(), fc.integer({ min: -2048, max: 2048 }).map(String)],
];

describe.each(kinds)('texts of %s', (_, type, one) => {
  it('should read back what was written, however it is cut', () => {
    const cells = fc.array(fc.option(one, { freq: 4 }), { maxLength: 40 });
    fc.assert(
      fc.property(cells, fc.nat(40), (texts, at) => {
        const vector = column(type, texts);

        const read = readTexts(cut(vector, Math.min(at, texts.length)));

        expect(read).toEqual(texts);
      }),
    );
  });

  it('should survive Arrow IPC, so the buffers are well formed', () => {
    const texts = fc.sample(fc.option(one), { numRuns: 33, seed: 5 });
    const vector = column(type, texts);

    const table = tableFromIPC(tableToIPC(tableOf(vector.data)));

    expect(readTexts(table.getChildAt(0) as Vector)).toEqual(texts);
  });

  it('should take its own texts as texts of the type', () => {
    fc.assert(fc.property(one, (text) => isTextOf(type, text)));
  });
});

describe('readTexts', () => {
  it('should agree with what Arrow built', () => {
    const numbers = vectorFromArray([1.5, null, -2], new Float64());
    const strings = vectorFromArray(['a', null, 'b', 'a']);
    const flags = vectorFromArray([true, null, false], new Bool());

    expect(readTexts(numbers)).toEqual(['1.5', null, '-2']);
    expect(readTexts(strings)).toEqual(['a', null, 'b', 'a']);
    expect(readTexts(flags)).toEqual(['true', null, 'false']);
  });

  it('should keep every digit of a nanosecond timestamp', () => {
    const data = makeData({
      type: new TimestampNanosecond(),
      data: BigInt64Array.of(1_700_000_000_123_456_789n),
      length: 1,
    });

    expect(readTexts(new Vector([data]))).toEqual(['1700000000123456789']);
  });

  it('should read a null in the dictionary as null', () => {
    const dictionary = column(new Utf8(), ['a', null]);
    const type = new Dictionary(new Utf8(), new Int32());
    const data = makeData({ type, data: Int32Array.of(1, 0, 1), length: 3, dictionary });

    expect(readTexts(new Vector([data]))).toEqual([null, 'a', null]);
  });

  it('should tell a text from the same text after a byte order mark', () => {
    expect(readTexts(column(new Utf8(), ['\uFEFFa', 'a']))).toEqual(['\uFEFFa', 'a']);
  });
});

describe('isTextOf', () => {
  it.each([
    [new Int8(), '128'],
    [new Int8(), '1.0'],
    [new Int8(), '-0'],
    [new Bool(), 'yes'],
    [new Float64(), '1.50'],
    [new Float64(), ''],
    [new Dictionary(new Int8(), new Int8()), 'a'],
  ])('should refuse for %s the text %j', (type, text) => {
    expect(isTextOf(type, text)).toBe(false);
  });
});
