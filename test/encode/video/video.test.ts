import { type Data, Vector, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { tensorField } from '../../../src/data/tensor/type.js';
import { encoderFromJSON } from '../../../src/encode/from-json.js';
import { videoLayout } from '../../../src/encode/video/layout.js';
import { fitVideo } from '../../../src/encode/video/video.js';
import { DataError, ModelError, SchemaError } from '../../../src/errors.js';

const field = (shape: readonly number[], element: 'uint8' | 'float32' | 'int16' = 'uint8') =>
  tensorField('clip', { element, shape, nullable: true });

describe('videoLayout', () => {
  it.each([
    [
      [16, 32, 24, 3],
      [16, 32, 24, 3],
    ],
    [
      [16, 3, 32, 24],
      [16, 32, 24, 3],
    ],
    [
      [16, 32, 24],
      [16, 32, 24, 1],
    ],
  ])('should read %j as frames, height, width and channels', (shape, [f, h, w, c]) => {
    expect(videoLayout(field(shape))).toMatchObject({
      frames: f,
      height: h,
      width: w,
      channels: c,
    });
  });

  it.each([[[28, 28]], [[28, 28, 3]], [[3, 28, 28]], [[8, 9, 9, 9]], [[2, 2, 2, 2, 2]]])(
    'should leave %j to others',
    (shape) => {
      expect(videoLayout(field(shape))).toBeUndefined();
    },
  );
});

describe('fitVideo', () => {
  it('should give back each number, of any order of memory, and stay within the range', () => {
    const own = field([2, 3, 2, 2], 'int16');
    const values = Int16Array.from({ length: 48 }, (_, k) => 37 * k - 500);
    const column = makeTensorColumn(own, values);
    const encoder = fitVideo(own, new Vector([column]));
    const { rows, fill } = encoder.read(new Vector([column]));
    const seen = new Float32Array(48);

    for (const row of rows) fill(row, seen, row * 24);
    const written = encoder.write(seen);
    const wild = encoder.write(seen.map((value) => 9 * value));

    expect(encoder.shape).toEqual([2, 3, 2, 2]);
    expect(Math.min(...seen)).toBe(-1);
    expect(Math.max(...seen)).toBe(1);
    expect(written.children[0]?.values).toEqual(values);
    expect(Math.max(...(wild.children[0] as Data).values)).toBe(Math.max(...values));
  });

  it('should be the same from JSON, which is not trusted', () => {
    const own = field([2, 3, 2, 1]);
    const column = makeTensorColumn(
      own,
      Uint8Array.from({ length: 24 }, (_, k) => k),
    );
    const encoder = fitVideo(own, new Vector([column]));

    const read = encoderFromJSON(own, JSON.parse(JSON.stringify(encoder.toJSON())));

    expect(read.toJSON()).toEqual(encoder.toJSON());
    expect(() => encoderFromJSON(own, { kind: 'video', minimum: 2, maximum: 1 })).toThrow(
      ModelError,
    );
    expect(() => encoderFromJSON(field([4, 4]), encoder.toJSON())).toThrow(ModelError);
  });

  it('should refuse what holds no videos, or none that can be learned', () => {
    const own = field([2, 2, 2, 1], 'float32');
    const nulls = new Vector([makeTensorColumn(own, [null, null])]);

    expect(() => fitVideo(field([4, 4]), vectorFromArray([null]))).toThrow(SchemaError);
    expect(() => fitVideo(own, nulls)).toThrow(DataError);
  });
});
