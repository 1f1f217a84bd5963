import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findForeign } from '../../src/threads/plain-data.js';

const plain = fc.object({ withBigInt: true, withTypedArray: true, withNullPrototype: true });

describe('findForeign', () => {
  it('should find nothing in plain data, which crosses unchanged', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(findForeign(value, 'fit')).toBe(undefined);
        expect(structuredClone(value)).toEqual(value);
      }),
    );
  });

  it('should find what cannot cross, however deep', () => {
    const foreign = fc.constantFrom<unknown>(() => {}, Symbol('s'), new Map(), new (class {})());
    const path = fc.array(fc.stringMatching(/^[a-z]+$/), { maxLength: 4 });
    fc.assert(
      fc.property(foreign, path, plain, (value, names, rest) => {
        const deep = names.reduceRight<unknown>((inner, name) => ({ rest, [name]: inner }), value);
        fc.pre(!names.includes('rest'));

        expect(findForeign(deep, 'fit')).toBe(['fit', ...names].join('.'));
      }),
    );
  });

  it('should not get lost in circles', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;

    expect(findForeign({ circle }, 'fit')).toBe(undefined);
  });
});
