import { describe, expect, it } from 'vitest';
import { formatCell, formatTable } from '../../../src/cli/summary/table.js';

describe('formatTable', () => {
  it('should align cells: numbers to the right, where there are numbers alone', () => {
    const rows = [
      { name: 'a', rows: 5, mixed: 1 },
      { name: 'long', rows: 1000, mixed: 'x' },
    ];

    expect(formatTable(rows)).toEqual(['name  rows  mixed', 'a        5  1', 'long  1000  x']);
  });

  it('should leave a cell empty where a record has no such key', () => {
    expect(formatTable([{ a: 'x' }, { a: 'y', b: { c: 1 } }])).toEqual(['a  b', 'x', 'y  {"c":1}']);
  });

  it('should not fill the screen with a long list', () => {
    const lines = formatTable(Array.from({ length: 1234 }, (_, rows) => ({ rows })));

    expect(lines).toHaveLength(102);
    expect(lines.at(-1)).toBe('and 1134 more');
  });
});

describe('formatCell', () => {
  it.each([
    [true, 'yes'],
    [false, 'no'],
    [undefined, ''],
    [['ZSTD', 'SNAPPY'], 'ZSTD, SNAPPY'],
    ['a\u001b[2J\nb', 'a\\u001b[2J\\nb'],
  ])('should show %j', (value, text) => {
    expect(formatCell(value)).toBe(text);
  });

  it('should cut what nobody reads', () => {
    expect(formatCell('x'.repeat(5000))).toBe(`${'x'.repeat(199)}…`);
  });
});
