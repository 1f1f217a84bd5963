import { describe, expect, it } from 'vitest';
import { parseStreamOptions } from '../../../src/cli/serve/stream-options.js';
import { InvalidOptionError } from '../../../src/errors.js';

describe('parseStreamOptions', () => {
  it('should take the options of a stream', () => {
    const json = { ratio: 0.3, partition: 4, where: { sex: 'FEMALE' } };

    expect(parseStreamOptions(json)).toEqual(json);
  });

  it.each([
    ['no object', [1], /must be/],
    ['an option that is not known', { ratio: 0.3, ratoi: 0.3 }, /'ratoi' is not known/],
    ["what is the worker's to say", { ratio: 0.3, model: 'm' }, /'model' is not known/],
    ['a value of another type', { ratio: 0.3, partition: 'four' }, /partition must be/],
    ['no ratio', { seed: 1 }, /ratio must be .*it is missing/],
  ])('should refuse %s', (_, json, message) => {
    expect(() => parseStreamOptions(json)).toThrow(InvalidOptionError);
    expect(() => parseStreamOptions(json)).toThrow(message);
  });
});
