import { Field, Float64, Schema } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { InvalidOptionError } from '../../../src/errors.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import type { FitOptions } from '../../../src/gan/fit/options.js';

/** What a fit without any rows is refused for: an option comes before the lack of rows. */
async function refusal(options: object): Promise<unknown> {
  const schema = new Schema([new Field('length', new Float64())]);
  return fitModel(schema, [], options as FitOptions).catch((error) => error);
}

describe('the recipe of a fit', () => {
  it.each([
    [{ base: 'tabular', batch: 7, pack: 10 }, /fit\.recipe\.batch .*fit\.recipe\.pack \(10\): 7/],
    [{ base: 'dcgan', batch: 7, pack: 2 }, /fit\.recipe\.batch .*fit\.recipe\.pack \(2\): 7/],
    [{ base: 'tabular', latent: 0 }, /fit\.recipe\.latent.*: 0/],
    [{ base: 'tvae', latent: 0 }, /fit\.recipe\.latent.*: 0/],
    [{ base: 'dcgan', latent: 0 }, /fit\.recipe\.latent.*: 0/],
    [{ base: 'tabular', temperature: 0 }, /fit\.recipe\.temperature.*: 0.*softmax/],
  ])('should be refused before any data is looked at: %j', async (recipe, message) => {
    const error = await refusal({ recipe });

    expect(error).toBeInstanceOf(InvalidOptionError);
    expect((error as Error).message).toMatch(message);
  });

  it('should be heard of before the lack of rows, but not instead of it', async () => {
    const error = await refusal({ recipe: { base: 'tabular', batch: 20, pack: 10 } });

    expect(error).not.toBeInstanceOf(InvalidOptionError);
    expect((error as Error).message).toMatch('at least 2 rows');
  });
});
