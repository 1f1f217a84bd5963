import { Field, Float64, Schema, Utf8 } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../../../../src/compute/tensor.js';
import { layoutOf } from '../../../../../src/encode/table.js';
import { SchemaError } from '../../../../../src/errors.js';
import { createCritic } from '../../../../../src/gan/families/tabular/ctgan/critic.js';
import {
  assertFitsMemory,
  countWeights,
} from '../../../../../src/gan/families/tabular/ctgan/memory.js';
import { createGenerator } from '../../../../../src/gan/families/tabular/ctgan/networks.js';
import { tabular } from '../../../../../src/gan/families/tabular/ctgan/recipe.js';
import { rowShape } from '../../../../../src/gan/families/tabular/shape.js';
import { createRandom } from '../../../../../src/random.js';

const layoutWith = (...levels: number[]) =>
  layoutOf([
    { spans: [{ kind: 'scalar' }] },
    ...levels.map((width) => ({
      spans: [{ kind: 'onehot', width, role: 'category', counts: Array(width).fill(1) } as const],
    })),
  ]);

describe('countWeights', () => {
  it('should be the numbers of both networks, but for biases and normalisation', () => {
    const levels = fc.array(fc.integer({ min: 2, max: 60 }), { maxLength: 5 });
    fc.assert(
      fc.property(levels, (levels) => {
        const shape = rowShape(layoutWith(...levels));
        const random = createRandom(1);

        const count = countWeights(tabular, shape);

        const networks = {
          ...createGenerator(tabular, shape, random),
          ...createCritic(tabular, shape, random),
        };
        const weights = Object.entries(networks).filter(([name]) => name.endsWith('/weight'));
        const numbers = weights.reduce((sum, [, { shape }]) => sum + sizeOf(shape), 0);
        expect(count).toBe(numbers);
      }),
      { numRuns: 10 },
    );
  });
});

describe('assertFitsMemory', () => {
  const schema = new Schema(
    ['age', 'city', 'zip'].map((name, k) => new Field(name, k === 0 ? new Float64() : new Utf8())),
  );

  it('should refuse a table that takes more memory than there is, and name its widest column', () => {
    const wide = layoutWith(30_000, 20_000);

    const check = () => assertFitsMemory(tabular, wide, schema, 16 * 2 ** 30);

    expect(check).toThrow(SchemaError);
    expect(check).toThrow(/too wide to learn: 50001 numbers a row, 'city' alone 30000 .*16\.0 GiB/);
    expect(check).toThrow(/Leave columns out of the model/);
  });

  it('should let others pass', () => {
    expect(() => assertFitsMemory(tabular, layoutWith(40, 9), schema)).not.toThrow();
  });
});
