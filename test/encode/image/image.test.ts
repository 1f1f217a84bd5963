import { Field, Int32, Vector } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementArray, type TensorElement } from '../../../src/data/tensor/elements.js';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { tensorField } from '../../../src/data/tensor/type.js';
import { fitImage, imageFromJSON } from '../../../src/encode/image/image.js';
import { imageLayout } from '../../../src/encode/image/layout.js';
import { DataError, ModelError, SchemaError } from '../../../src/errors.js';

/** A column of images of these numbers, null where there are none. */
function column(
  shape: readonly number[],
  images: readonly (readonly number[] | null)[],
  { element = 'uint8' as TensorElement, permutation = undefined as number[] | undefined } = {},
) {
  const field = tensorField('image', {
    element,
    shape,
    nullable: true,
    ...(permutation ? { permutation } : {}),
  });
  const Values = elementArray(element) as never as { from(numbers: readonly unknown[]): never };
  const big = element === 'int64' || element === 'uint64';
  const tensors = images.map(
    (image) => image && Values.from(big ? image.map((x) => BigInt(x)) : image),
  );
  return { field, vector: new Vector([makeTensorColumn(field, tensors)]) };
}

/** All images of a column as numbers in [−1, 1], and decoded again. */
function roundTrip({ field, vector }: ReturnType<typeof column>) {
  const encoder = fitImage(field, vector);
  const images = encoder.read(vector);
  const size = encoder.shape.reduce((product, length) => product * length, 1);
  const pixels = new Float32Array(images.rows.length * size);
  for (const k of images.rows.keys()) images.fill(k, pixels, k * size);
  return { encoder, pixels, rows: images.rows, decoded: encoder.write(pixels).children[0]?.values };
}

describe('fitImage', () => {
  it('should give whole numbers back as they were, in [−1, 1] in between', () => {
    const elements = ['uint8', 'int8', 'uint16', 'int16', 'int64'] as const;
    const image = fc.array(fc.integer({ min: 0, max: 127 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(
        fc.constantFrom(...elements),
        fc.array(image, { minLength: 1, maxLength: 4 }),
        (element, images) => {
          const { pixels, decoded } = roundTrip(column([2, 2, 3], images, { element }));

          expect(Array.from(decoded, Number)).toEqual(images.flat());
          for (const pixel of pixels) expect(Math.abs(pixel)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('should give floats back within rounding, and stay within the range of the sample', () => {
    const images = [
      [0.25, 0.5],
      [-3, 7.5],
    ];

    const { encoder, decoded } = roundTrip(column([1, 2], images, { element: 'float32' }));
    const wild = encoder.write(new Float32Array([Number.NaN, 9]));

    Array.from(decoded, (value, k) => expect(value).toBeCloseTo(images.flat()[k] as number, 5));
    expect(Array.from(wild.children[0]?.values)).toEqual([2.25, 7.5]);
  });

  it('should put channels last for the networks, and back', () => {
    const image = Array.from({ length: 3 * 2 * 5 }, (_, k) => k);

    const first = roundTrip(column([3, 2, 5], [image]));
    const permuted = roundTrip(column([3, 2, 5], [image], { permutation: [1, 2, 0] }));

    for (const { encoder, pixels, decoded } of [first, permuted]) {
      expect(encoder.shape).toEqual([2, 5, 3]);
      const seen = Array.from(pixels.subarray(0, 4), (x) => Math.round(((x + 1) / 2) * 29));
      expect(seen).toEqual([0, 10, 20, 1]);
      expect(Array.from(decoded)).toEqual(image);
    }
  });

  it('should leave null images out, and say which rows have one', () => {
    const { rows, decoded } = roundTrip(column([1, 1, 1], [null, [3], null, [9]]));

    expect(Array.from(rows)).toEqual([1, 3]);
    expect(Array.from(decoded)).toEqual([3, 9]);
  });

  it('should refuse what holds no images, or none that can be learned', () => {
    const long = column([5, 5, 9], [Array(225).fill(1)]);
    const empty = column([1, 1, 1], [null]);
    const infinite = column([1, 1, 1], [[Number.POSITIVE_INFINITY]], { element: 'float32' });

    expect(() => fitImage(long.field, long.vector)).toThrow(SchemaError);
    expect(() => fitImage(empty.field, empty.vector)).toThrow(DataError);
    expect(() => fitImage(infinite.field, infinite.vector)).toThrow(/not finite/);
    expect(imageLayout(new Field('a', new Int32(), true))).toBeUndefined();
  });

  it('should be read back from JSON, which is not trusted', () => {
    const { field, vector } = column([1, 2, 1], [[3, 9]]);
    const json = JSON.parse(JSON.stringify(fitImage(field, vector)));

    expect(imageFromJSON(field, json).toJSON()).toEqual({ kind: 'image', minimum: 3, maximum: 9 });
    for (const bad of [{ ...json, minimum: 10 }, { ...json, maximum: '9' }, { kind: 'image' }]) {
      expect(() => imageFromJSON(field, bad)).toThrow(ModelError);
    }
    expect(() => imageFromJSON(new Field('a', new Int32(), true), json)).toThrow(ModelError);
  });
});
