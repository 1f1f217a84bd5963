import { describe, expect, it } from 'vitest';
import { closestName } from '../../src/options/closest-name.js';

describe('closestName', () => {
  it.each([
    ['incom', 'income'],
    ['AGE', 'age'],
    ['hours', 'hours-per-week'],
  ])('should take %s for %s', (name, closest) => {
    expect(closestName(name, ['age', 'income', 'hours-per-week'])).toBe(closest);
  });

  it('should find nothing among no names', () => {
    expect(closestName('age', [])).toBeUndefined();
  });
});
