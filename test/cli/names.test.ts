import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitNames, splitPair, unquote } from '../../src/cli/names.js';

describe('splitPair', () => {
  it.each([
    ['label=fraud', 'label', 'fraud'],
    ['a=b=c', 'a', 'b=c'],
    ['"a=b"=c', 'a=b', 'c'],
    ['=7', '', '7'],
    ['"odd=1', '"odd', '1'],
  ])('should read %s', (text, name, rest) => {
    expect(splitPair(text, 'a=b')).toEqual([name, rest]);
  });

  it('should refuse what has no =', () => {
    expect(() => splitPair('label', 'label=fraud')).toThrow('label=fraud');
  });

  it('should always read any name that is written as JSON', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, value) => {
        const text = `${JSON.stringify(name)}=${JSON.stringify(value)}`;

        const [head, rest] = splitPair(text, 'a=b');

        expect([head, unquote(rest)]).toEqual([name, value]);
      }),
    );
  });
});

describe('splitNames', () => {
  it('should always read any names that are written as JSON', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (names) => {
        expect(splitNames(names.map((name) => JSON.stringify(name)).join())).toEqual(names);
      }),
    );
  });

  it('should read plain names', () => {
    expect(splitNames('a,b c,"d')).toEqual(['a', 'b c', '"d']);
  });
});
