import { Vector } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { tensorField } from '../../../src/data/tensor/type.js';
import { fitLabelMap, holdsLabelMaps } from '../../../src/encode/image/label-map.js';
import { encoderFromJSON } from '../../../src/encode/infer.js';
import type { TensorEncoder } from '../../../src/encode/tensor/encoder.js';
import { SchemaError } from '../../../src/errors.js';

const field = tensorField('labels', { element: 'int16', shape: [2, 3] });
const columnOf = (labels: readonly number[]) =>
  new Vector([makeTensorColumn(field, Int16Array.from(labels))]);

const maps = fc
  .array(fc.array(fc.integer({ min: -2, max: 40 }), { minLength: 6, maxLength: 6 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((each) => each.flat());

describe('fitLabelMap', () => {
  it('should give back every label, from one channel for each', () => {
    fc.assert(
      fc.property(maps, (labels) => {
        const encoder = fitLabelMap(field, columnOf(labels));
        const [, , channels = 0] = encoder.shape;
        const { rows, fill } = encoder.read(columnOf(labels));
        const all = new Float32Array(labels.length * channels);
        for (const index of rows.keys()) fill(index, all, index * 6 * channels);

        const back = encoder.write(all);

        expect(channels).toBe(new Set(labels).size);
        expect(all.every((value) => Math.abs(value) === 1)).toBe(true);
        expect(Array.from(back.children[0]?.values as Int16Array)).toEqual(labels);
        const saved = encoderFromJSON(field, JSON.parse(JSON.stringify(encoder.toJSON())));
        expect((saved as TensorEncoder).shape).toEqual(encoder.shape);
      }),
    );
  });

  it('should take whole numbers of few values for labels, and no others', () => {
    const many = columnOf(Array.from({ length: 60 }, (_, k) => k));
    const real = tensorField('real', { element: 'float32', shape: [2, 3] });
    const reals = new Vector([makeTensorColumn(real, new Float32Array(6))]);

    expect(holdsLabelMaps(field, columnOf([1, 2, 3, 1, 2, 3]))).toBe(true);
    expect(holdsLabelMaps(field, many)).toBe(false);
    expect(holdsLabelMaps(real, reals)).toBe(false);
    expect(() => fitLabelMap(real, reals)).toThrow(SchemaError);
  });
});
