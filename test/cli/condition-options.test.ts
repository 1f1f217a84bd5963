import { describe, expect, it } from 'vitest';
import { conditionOptions, sayConditions } from '../../src/cli/condition-options.js';
import { fakeConsole } from './support/console.js';

describe('conditionOptions', () => {
  it.each([
    ['mass=40..45', { mass: ['40', '45'] }],
    ['mass=1.5..2.5', { mass: ['1.5', '2.5'] }],
    ['day=2026-01-01..', { day: ['2026-01-01', null] }],
    ['mass=..45', { mass: [null, '45'] }],
    ['note="a..b"', { note: 'a..b' }],
    ['note=...', { note: '...' }],
    ['note=..', { note: '..' }],
    ['note=a..b..c', { note: 'a..b..c' }],
    ['label=fraud', { label: 'fraud' }],
    ['label=null', { label: null }],
  ])('should read %s', (text, expected) => {
    const [where] = conditionOptions();

    expect(where?.parseArg?.(text, undefined)).toEqual(expected);
  });
});

describe('sayConditions', () => {
  it.each([
    [
      { rows: 200, hits: 150 },
      '75.0 % of the synthetic rows met the conditions by themselves; in the others values were set\n',
    ],
    [
      { rows: 200, hits: 200, outside: 50 },
      '25.0 % of the rows that were made lay outside of the ranges\n',
    ],
    [{ rows: 200, hits: 200 }, '100.0 % of the synthetic rows met the conditions by themselves\n'],
  ])('should speak of other rows only where there are some: %o', (report, words) => {
    const { console, error } = fakeConsole();

    sayConditions(console, report);

    expect(error.text()).toBe(words);
  });
});
