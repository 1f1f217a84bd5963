import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPartition, nullPartition, parsePartitions } from '../../../src/data/dataset/hive.js';

describe('formatPartition', () => {
  it.each([
    ['year', '2026', 'year=2026'],
    ['a b', 'x/y=z', 'a b=x%2Fy%3Dz'],
    ["é/'=%", "it's (100%)*", 'é%2F%27%3D%25=it%27s%20%28100%25%29%2A'],
    ['a.b-c_d', '', 'a.b-c_d='],
    ['month', null, `month=${nullPartition}`],
  ])('should write %j of %j as a directory', (name, value, directory) => {
    expect(formatPartition({ name, value })).toBe(directory);
  });

  it('should give plain names that parsePartitions turns back, whatever the text', () => {
    const key = fc.record({
      name: fc.string({ unit: 'grapheme', minLength: 1 }),
      value: fc.option(fc.string({ unit: 'grapheme' })),
    });

    fc.assert(
      fc.property(fc.array(key), (keys) => {
        const directories = keys.map(formatPartition);

        expect(directories.join('')).not.toMatch(/[/\\\p{Cc}]/u);
        expect(parsePartitions(directories)).toEqual(keys);
      }),
    );
  });
});

describe('parsePartitions', () => {
  it('should leave out other directories, and take percent signs that encode nothing as such', () => {
    const keys = parsePartitions(['data', '=x', 'rate=100%', 'a=b=c', 'bad=%FF']);

    expect(keys).toEqual([
      { name: 'rate', value: '100%' },
      { name: 'a', value: 'b=c' },
      { name: 'bad', value: '%FF' },
    ]);
  });
});
