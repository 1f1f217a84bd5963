import {
  BinaryView,
  Dictionary,
  Int8,
  makeData,
  type Utf8View,
  Vector,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateData } from '../../../src/data/ipc/validate.js';

/** Two values of a view column, the second long; its size, buffer and start can be lied about. */
function views({ size = 20, buffer = 0, start = 0 }) {
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 1, true);
  view.setInt32(16, size, true);
  view.setInt32(24, buffer, true);
  view.setInt32(28, start, true);
  const type = new BinaryView();
  return makeData({
    type,
    length: 2,
    nullCount: 0,
    views: bytes,
    variadicBuffers: [new Uint8Array(20)],
  } as never);
}

function dictionaryOf(values: ReturnType<typeof views>) {
  const type = new Dictionary(new BinaryView() as unknown as Utf8View, new Int8());
  const dictionary = new Vector([values]);
  return makeData({ type, length: 2, nullCount: 0, data: Int8Array.of(0, 1), dictionary } as never);
}

describe('validateData', () => {
  it('should accept sound views, also as the values of a dictionary', () => {
    expect(() => validateData(views({}))).not.toThrow();
    expect(() => validateData(dictionaryOf(views({})))).not.toThrow();
  });

  it('should refuse views of bytes that are not there, also in a dictionary', () => {
    const lies = fc.oneof(
      fc.record({ size: fc.integer({ min: 21 }) }),
      fc.record({ size: fc.integer({ max: -1 }) }),
      fc.record({ buffer: fc.integer({ min: 1 }) }),
      fc.record({ start: fc.oneof(fc.integer({ min: 1 }), fc.integer({ max: -1 })) }),
    );
    fc.assert(
      fc.property(lies, (lie) => {
        expect(() => validateData(views(lie))).toThrow(RangeError);
        expect(() => validateData(dictionaryOf(views(lie)))).toThrow(RangeError);
      }),
    );
  });

  it('should refuse an index outside its dictionary', () => {
    const dictionary = vectorFromArray(
      ['a'],
      new Dictionary(vectorFromArray(['a']).type as never, new Int8()),
    );
    const [data] = dictionary.data;
    const wrong = makeData({
      ...data,
      type: dictionary.type,
      data: Int8Array.of(3),
      nullCount: 0,
      length: 1,
      dictionary: data?.dictionary,
    } as never);

    expect(() => validateData(wrong)).toThrow(/value 3 of a dictionary of 1/);
  });
});
