import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeType } from '../../src/data/schema/describe.js';
import { arrowTypes } from '../../src/testing/arbitrary-types.js';
import {
  arrowOnlyDictionaryTypes,
  arrowOnlyTypes,
  dictionaryTypes,
  fixedTypes,
  variableTypes,
  viewTypes,
} from '../../src/testing/types.js';

describe('arrowTypes', () => {
  it('should give every type about as often as it should', () => {
    const made = [...dictionaryTypes, ...viewTypes, ...arrowOnlyDictionaryTypes];
    const all = [...fixedTypes, ...variableTypes, ...arrowOnlyTypes, ...made.map((make) => make())];

    const counts = new Map<string, number>();
    for (const type of fc.sample(arrowTypes, { numRuns: 20_000, seed: 1 })) {
      counts.set(describeType(type), (counts.get(describeType(type)) ?? 0) + 1);
    }

    const names = all.map(describeType);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(75);
    expect(names.filter((name) => (counts.get(name) ?? 0) < 60)).toEqual([]);
  });
});
