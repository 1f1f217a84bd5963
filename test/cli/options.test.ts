import { describe, expect, it } from 'vitest';
import { anyNumber, columnNames, fitFrom, recipeFrom, wholeNumber } from '../../src/cli/options.js';

describe('wholeNumber', () => {
  it('should take whole numbers from the least on', () => {
    expect([wholeNumber(0)('0'), wholeNumber(2)('2'), wholeNumber(1)('0042')]).toEqual([0, 2, 42]);
  });

  it.each(['', ' ', '-1', '1.5', '1e3', '0x10', 'many', '9007199254740993'])(
    'should refuse %j',
    (text) => {
      expect(() => wholeNumber(0)(text)).toThrow('It must be a whole number from 0.');
    },
  );

  it('should refuse less than the least', () => {
    expect(() => wholeNumber(2)('1')).toThrow('from 2');
  });
});

describe('anyNumber', () => {
  it('should take numbers, also useless ones', () => {
    expect([anyNumber('0.3'), anyNumber('-7'), anyNumber('1e-3')]).toEqual([0.3, -7, 0.001]);
  });

  it.each(['', ' ', '30%', 'abc', '0,3'])('should refuse %j', (text) => {
    expect(() => anyNumber(text)).toThrow('It must be a number');
  });
});

describe('columnNames', () => {
  it('should split at commas, and take blanks as they are', () => {
    expect([columnNames('a'), columnNames('a,b c, d')]).toEqual([['a'], ['a', 'b c', ' d']]);
  });

  it.each(['', ',', 'a,', ',a'])('should refuse %j', (text) => {
    expect(() => columnNames(text)).toThrow('It must be names of columns');
  });
});

describe('recipeFrom', () => {
  it('should take the name of a recipe, and JSON of what is different', () => {
    expect(recipeFrom('dcgan')).toBe('dcgan');
    expect(recipeFrom(' {"base":"dcgan","widthMultiplier":0.5}')).toEqual({
      base: 'dcgan',
      widthMultiplier: 0.5,
    });
  });

  it.each([
    ['dcgam', /^It is unknown: dcgam. Use one of .*, ctgan, /],
    ['', /^It is unknown/],
    ['{"base":"dcgan"', /^It is no JSON: /],
    ['{"widthMultiplier":1}', /^It has an unknown 'base': undefined/],
    [
      '{"base":"dcgan","widthMultiplie":1}',
      /^It has no option 'widthMultiplie' with base 'dcgan'. Did you mean 'widthMultiplier'/,
    ],
    ['{"base":"dcgan","generator":"x"}', /^Its generator must be a function that gives a network/],
  ])('should refuse %j', (text, message) => {
    expect(() => recipeFrom(text)).toThrow(message);
  });
});

describe('fitFrom', () => {
  it('should name things as the library does', () => {
    const flags = { fitRows: 10, engine: 'tfjs', steps: 3, unmodelled: 'refuse' } as const;

    expect(fitFrom(flags)).toEqual({
      rows: 10,
      engine: 'tfjs',
      steps: 3,
      unmodelled: 'refuse',
    });
  });
});
