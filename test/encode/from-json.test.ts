import { Binary, Bool, Float64, Int8, Int32, TimestampSecond, Utf8 } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encoderFromJSON } from '../../src/encode/from-json.js';
import { inferEncoder } from '../../src/encode/infer.js';
import { GanAugmentError, ModelError } from '../../src/errors.js';
import { column, field } from './columns.js';

const modes = {
  minimum: 0,
  maximum: 9,
  modes: [{ kind: 'gaussian', center: 4, deviation: 2, halfWidth: 6, weight: 1 }],
};
const continuous = { kind: 'continuous', unit: 1, ...modes };
const integer = { kind: 'integer', lowest: '0', highest: '9', step: '1', ...modes };
const withMode = (change: object) => ({ ...continuous, modes: [{ ...modes.modes[0], ...change }] });
const levels = (texts: unknown, counts: unknown) => ({
  kind: 'categorical',
  levels: texts,
  counts,
});

const malformed: [string, unknown, Parameters<typeof field>][] = [
  ['nothing', undefined, [new Utf8()]],
  ['a list', [], [new Utf8()]],
  ['no kind', {}, [new Utf8()]],
  ['an unknown kind', { kind: 'magic' }, [new Utf8()]],
  ['a kind from the prototype', { kind: 'constructor' }, [new Utf8()]],
  ['a kind that does not fit', continuous, [new Int32()]],
  ['whole numbers of text', integer, [new Utf8()]],
  ['no modes', { ...continuous, modes: [] }, [new Float64()]],
  ['no list of modes', { ...continuous, modes: 'x' }, [new Float64()]],
  ['an infinite bound', { ...continuous, maximum: Number.POSITIVE_INFINITY }, [new Float64()]],
  ['bounds the wrong way round', { ...continuous, maximum: -1 }, [new Float64()]],
  ['a bad unit', { ...continuous, unit: 0 }, [new Float64()]],
  ['bad decimals', { ...continuous, decimals: 1.5 }, [new Float64()]],
  ['an unknown mode', withMode({ kind: 'other' }), [new Float64()]],
  ['a NaN center', withMode({ center: 'NaN' }), [new Float64()]],
  ['a center out of range', withMode({ center: 10 }), [new Float64()]],
  ['a Gaussian without width', withMode({ halfWidth: 0 }), [new Float64()]],
  ['a negative weight', withMode({ weight: -1 }), [new Float64()]],
  ['a number as a whole', { ...integer, lowest: 0 }, [new Int32()]],
  ['a whole beyond the type', { ...integer, highest: '300' }, [new Int8()]],
  ['a step of 0', { ...integer, step: '0' }, [new Int32()]],
  [
    'a NaN atom of integers',
    {
      ...integer,
      modes: [{ ...modes.modes[0], kind: 'atom', center: 'NaN', deviation: 0, halfWidth: 0 }],
    },
    [new Int32()],
  ],
  ['no levels', levels([], []), [new Utf8()]],
  ['levels that are no list', levels('ab', [1, 1]), [new Utf8()]],
  ['fewer counts than levels', levels(['a', 'b'], [1]), [new Utf8()]],
  ['a level twice', levels(['a', 'a'], [1, 1]), [new Utf8()]],
  ['a level that is a number', levels([1], [1]), [new Utf8()]],
  ['a level that does not fit', levels(['x'], [1]), [new Int8()]],
  ['a negative count', levels(['a'], [-1]), [new Utf8()]],
  ['null in a field without nulls', levels(['a', null], [1, 1]), [new Utf8(), false]],
  ['a boolean of text', { kind: 'boolean', levels: ['yes'], counts: [1] }, [new Bool()]],
  ['a constant that does not fit', { kind: 'constant', value: 'x' }, [new Int8()]],
  ['a constant without value', { kind: 'constant' }, [new Utf8()]],
  ['an identifier of floats', { kind: 'identifier', highest: '0' }, [new Float64()]],
  ['an identifier without highest', { kind: 'identifier' }, [new Utf8()]],
  ['a nullable in a nullable', { kind: 'nullable', inner: { kind: 'nullable' } }, [new Int8()]],
  ['a nullable without nulls', { kind: 'nullable', inner: integer }, [new Int32(), false]],
  ['a nullable of nothing', { kind: 'nullable' }, [new Int8()]],
  ['null in a field without nulls', { kind: 'null' }, [new Utf8(), false]],
  ['unmodelled in a field without nulls', { kind: 'unmodelled' }, [new Binary(), false]],
];

describe('encoderFromJSON', () => {
  it.each(malformed)('should refuse %s, and name the column', (_, json, [type, nullable]) => {
    const read = () => encoderFromJSON(field(type, nullable), json);

    expect(read).toThrow(ModelError);
    expect(read).toThrow(/column 'x'/);
  });

  it('should read what encoders wrote, or throw a ModelError, whatever is changed in it', () => {
    const columns = [
      column(new Float64(), ['1', '2.5', null, '7', '1e9']),
      column(new TimestampSecond(), ['1', '20', '300', '4000']),
      column(new Utf8(), ['a', 'b', null, 'a']),
    ];
    const saved = columns.map((vector) => inferEncoder(field(vector.type), vector).toJSON());
    const change = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(-1, Number.POSITIVE_INFINITY, '1', {}, []),
    );
    fc.assert(
      fc.property(fc.nat(2), fc.nat(9), change, (which, at, value) => {
        const json = structuredClone(saved[which]) as Record<string, unknown>;
        const keys = Object.keys(json);
        json[keys[at % keys.length] as string] = value;
        const { type } = columns[which] as (typeof columns)[0];

        try {
          expect(encoderFromJSON(field(type), json).spans.length).toBeLessThan(4);
        } catch (error) {
          if (!GanAugmentError.isInstance(error)) throw error;
          expect(error.code).toBe('MODEL');
        }
      }),
      { numRuns: 500 },
    );
  });
});
