import { describe, expect, it } from 'vitest';
import { metadataEntry, parquetOnly } from '../../src/cli/parquet-options.js';

describe('metadataEntry', () => {
  it('should split at the first sign, and gather entries under any key', () => {
    const first = metadataEntry('source=a=b');

    const both = metadataEntry('__proto__=', first);

    expect(Object.entries(both)).toEqual([
      ['source', 'a=b'],
      ['__proto__', ''],
    ]);
  });

  it.each(['source', '=value', ''])('should refuse %j', (text) => {
    expect(() => metadataEntry(text)).toThrow('It must be a key and a value');
  });

  it('should refuse a key that is given twice', () => {
    expect(() => metadataEntry('a=2', metadataEntry('a=1'))).toThrow("'a' has a value already");
  });
});

describe('parquetOnly', () => {
  it('should name what is given, as it is written', () => {
    expect(parquetOnly({ partitionBy: ['a'] })).toEqual([]);
    expect(parquetOnly({ rowGroupRows: 1, statistics: 'none' })).toEqual([
      '--statistics',
      '--row-group-rows',
    ]);
  });
});
