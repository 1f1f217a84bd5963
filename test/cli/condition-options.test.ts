import { describe, expect, it } from 'vitest';
import { sayConditions } from '../../src/cli/condition-options.js';
import { fakeConsole } from './support/console.js';

describe('sayConditions', () => {
  it.each([
    [
      { rows: 200, hits: 150 },
      '75.0 % of the synthetic rows met the conditions by themselves; in the others values were set\n',
    ],
    [{ rows: 200, hits: 200 }, '100.0 % of the synthetic rows met the conditions by themselves\n'],
  ])('should speak of other rows only where there are some: %o', (report, words) => {
    const { console, error } = fakeConsole();

    sayConditions(console, report);

    expect(error.text()).toBe(words);
  });
});
