import { Field, FixedSizeList, Float32, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { tensorSize } from '../../../src/data/tensor/layout.js';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { logicalShape, permuteTensor } from '../../../src/data/tensor/permute.js';
import { readTensors } from '../../../src/data/tensor/read.js';
import { tensorField, tensorType } from '../../../src/data/tensor/type.js';
import { DataError, InvalidOptionError, SchemaError } from '../../../src/errors.js';
import { tensorBatch } from './arbitrary-tensors.js';

const digits = { element: 'uint8', shape: [28, 28, 1] } as const;
const extension = 'ARROW:extension:metadata';

/** A field that some other program wrote. */
function foreign(metadata: string | undefined, name = 'arrow.fixed_shape_tensor') {
  const entries = [['ARROW:extension:name', name] as const];
  const type = new FixedSizeList(6, new Field('item', new Float32(), true));
  const all = metadata === undefined ? entries : [...entries, [extension, metadata] as const];
  return new Field('x', type, true, new Map(all));
}

describe('tensorField', () => {
  it('should write the extension as Arrow describes it', () => {
    const field = tensorField('image', {
      ...digits,
      dimensionNames: ['H', 'W', 'C'],
      permutation: [2, 0, 1],
      metadata: { source: 'us' },
    });

    expect(String(field.type)).toBe('FixedSizeList[784]<Uint8>');
    expect(field.nullable).toBe(false);
    expect(Object.fromEntries(field.metadata)).toEqual({
      source: 'us',
      'ARROW:extension:name': 'arrow.fixed_shape_tensor',
      [extension]: '{"shape":[28,28,1],"dim_names":["H","W","C"],"permutation":[2,0,1]}',
    });
  });

  it.each([
    [{ shape: [] }, /shape must be a list of positive whole numbers: \[\]/],
    [{ shape: [2, 0] }, /shape must be .* \[2,0\]/],
    [{ shape: [2, 1.5] }, /shape must be .* \[2,1.5\]/],
    [{ shape: 4 }, /shape must be .* 4/],
    [{ shape: [2 ** 16, 2 ** 15] }, /shape has too many numbers/],
    [{ element: 'bool' }, /element must be one of int8, .*: bool/],
    [{ dimensionNames: ['H'] }, /a text for each of 3 dimensions: \["H"\]/],
    [{ permutation: [0, 1] }, /permutation must hold each of 0 to 2 once: \[0,1\]/],
    [{ permutation: [0, 1, 1] }, /permutation must hold each of 0 to 2 once/],
    [{ permutation: [1, 2, 3] }, /permutation must hold each of 0 to 2 once/],
  ])('should refuse %j', (wrong, message) => {
    const make = () => tensorField('image', { ...digits, ...wrong } as never);

    expect(make).toThrow(InvalidOptionError);
    expect(make).toThrow(message);
    expect(make).toThrow(/tensor column 'image'/);
  });
});

describe('tensorType', () => {
  it('should read what other programs write, and nulls for what they leave out', () => {
    const field = foreign('{"permutation": null, "dim_names": null, "shape": [2, 3], "more": 1}');

    expect(tensorType(field)).toEqual({ element: 'float32', shape: [2, 3] });
  });

  it.each([
    [undefined, /metadata of the extension is missing/],
    ['{', /is no JSON \(\{\)/],
    ['null', /shape must be .* undefined/],
    ['{"shape": [7]}', /shape \[7\] has 7 numbers, the list 6/],
    ['{"shape": [2, 3], "dim_names": ["a", 1]}', /dimension names/],
    ['{"shape": [2, 3], "permutation": [1]}', /permutation/],
  ])('should refuse %s', (metadata, message) => {
    expect(() => tensorType(foreign(metadata))).toThrow(SchemaError);
    expect(() => tensorType(foreign(metadata))).toThrow(message);
    expect(() => tensorType(foreign(metadata))).toThrow(/column 'x'/);
  });

  it('should refuse columns that hold no tensors, or say so of what is no list of numbers', () => {
    const { metadata } = foreign('{"shape": [6]}');
    const texts = new FixedSizeList(6, new Field('item', new Utf8()));

    expect(() => tensorType(foreign('{}', 'arrow.uuid'))).toThrow(/'x' holds no tensors/);
    for (const type of [new Float32(), texts]) {
      expect(() => tensorType(new Field('x', type, true, metadata))).toThrow(
        /is no fixed-size list of numbers/,
      );
    }
  });
});

describe('makeTensorColumn', () => {
  it('should take one array for all tensors without a copy, and give it back so', () => {
    const values = Float32Array.from({ length: 12 }, (_, k) => k / 3);
    const field = tensorField('image', { element: 'float32', shape: [2, 3] });
    const batch = makeBatch(new Schema([field]), [makeTensorColumn(field, values)], 2);

    const tensors = readTensors(batch, 'image');

    expect(tensors.rows).toBe(2);
    expect(tensors.values.buffer).toBe(values.buffer);
    expect(tensors.at(1)).toEqual(values.subarray(6));
    expect(tensors.at(1)?.buffer).toBe(values.buffer);
  });

  it.each([
    [[new Float32Array(784)], /tensor 0 of column 'image' must be a Uint8Array.*: Float32Array/],
    [[[1, 2]], /must be a Uint8Array.*: Array/],
    [[undefined], /must be a Uint8Array.*: undefined/],
    [
      [new Uint8Array(783)],
      /tensor 0 of column 'image' has 783 numbers: shape \[28,28,1\] has 784/,
    ],
    [new Uint8Array(785), /no whole tensors: 785 numbers, 784 a tensor/],
    [new Float64Array(784), /values of column 'image' must be a Uint8Array.*: Float64Array/],
    [[new Uint8Array(784), null], /tensor 1 of column 'image' is null: the column is not nullable/],
  ])('should refuse wrong tensors (%#)', (tensors, message) => {
    const make = () => makeTensorColumn(tensorField('image', digits), tensors as never);

    expect(make).toThrow(DataError);
    expect(make).toThrow(message);
  });
});

describe('readTensors', () => {
  const batch = tensorBatch({ ...digits, nullable: true }, [new Uint8Array(784), null]);

  it('should tell null tensors from others', () => {
    const tensors = readTensors(batch, 'image');

    expect([0, 1].map(tensors.isNull)).toEqual([false, true]);
    expect(tensors.at(1)).toBeNull();
    expect(tensors.logicalAt(1)).toBeNull();
  });

  it('should refuse unknown columns and rows', () => {
    expect(() => readTensors(batch, 'picture')).toThrow(SchemaError);
    expect(() => readTensors(batch, 'picture')).toThrow("missing: 'picture'. There are image");
    for (const row of [-1, 2, 0.5]) {
      expect(() => readTensors(batch, 'image').at(row)).toThrow(DataError);
    }
  });

  it('should refuse null numbers in a tensor, and not mind them below a null one', () => {
    const field = foreign('{"shape": [2, 3]}');
    const wholeOrNull = vectorFromArray([null, [1, 2, 3, 4, 5, 6]], field.type);
    const broken = vectorFromArray([null, [1, 2, 3, null, 5, 6]], field.type);
    const read = (vector: typeof broken) =>
      readTensors(makeBatch(new Schema([field]), [vector.data[0] as never], 2), 'x');

    expect(read(wholeOrNull).at(1)).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    expect(() => read(broken)).toThrow("tensor 1 of column 'x' has a null number: at 3");
  });
});

describe('permuteTensor', () => {
  it('should put each number where its index says', () => {
    const cases = fc
      .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
      .chain((shape) => {
        const all = shape.map((_, dimension) => dimension);
        const permutation = fc.shuffledSubarray(all, { minLength: shape.length });
        return fc.record({ shape: fc.constant(shape), permutation });
      });
    fc.assert(
      fc.property(cases, ({ shape, permutation }) => {
        const values = Int32Array.from({ length: tensorSize(shape) }, (_, k) => k);

        const permuted = permuteTensor(values, shape, permutation);

        const turned = logicalShape({ shape, permutation });
        for (const [place, value] of permuted.entries()) {
          const index = indexOf(turned, place);
          const source = shape.map((_, dimension) => index[permutation.indexOf(dimension)] ?? -1);
          expect(value).toBe(placeOf(shape, source));
        }
      }),
    );
  });

  it('should turn rows of pixels into planes of channels', () => {
    const image = Uint8Array.of(1, 10, 2, 20, 3, 30, 4, 40);

    const planes = permuteTensor(image, [2, 2, 2], [2, 0, 1]);

    expect([...planes]).toEqual([1, 2, 3, 4, 10, 20, 30, 40]);
  });
});

/** The index of a place in memory: its digits in the mixed base of the shape. */
function indexOf(shape: readonly number[], place: number): number[] {
  const index: number[] = [];
  let rest = place;
  for (const length of [...shape].reverse()) {
    index.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return index;
}

function placeOf(shape: readonly number[], index: readonly number[]): number {
  return shape.reduce((place, length, dimension) => place * length + (index[dimension] ?? 0), 0);
}
