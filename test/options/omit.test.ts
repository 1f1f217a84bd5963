import { describe, expect, it } from 'vitest';
import { omit } from '../../src/options/omit.js';

describe('omit', () => {
  it('should leave members out, and the object as it is', () => {
    const members = { a: 1, b: undefined, c: [3] };

    const rest = omit(members, 'a');

    expect(Object.entries(rest)).toEqual([
      ['b', undefined],
      ['c', [3]],
    ]);
    expect(rest.c).toBe(members.c);
    expect(members.a).toBe(1);
  });
});
