import { describe, expect, it } from 'vitest';
import { formatSummary } from '../../../src/cli/summary/format.js';

describe('formatSummary', () => {
  it('should put what is plain first, and the rest in paragraphs', () => {
    const summary = {
      path: 'a.parquet',
      rowGroups: [{ rows: 3 }],
      createdBy: 'someone',
      metadata: { 'camelCase key': 'value', b: '1' },
    };

    expect(formatSummary(summary)).toBe(
      [
        'path        a.parquet',
        'created by  someone',
        '',
        'row groups',
        '  rows',
        '     3',
        '',
        'metadata',
        '  camelCase key  value',
        '  b              1',
        '',
      ].join('\n'),
    );
  });

  it('should leave out what is empty', () => {
    expect(formatSummary({ path: 'a', metadata: {}, codecs: [], createdBy: undefined })).toBe(
      'path  a\n',
    );
  });
});
