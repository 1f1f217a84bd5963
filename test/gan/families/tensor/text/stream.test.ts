import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../../../src/augment/augment-batches.js';
import { sampleBatches } from '../../../../../src/augment/sample-batches.js';
import { InvalidOptionError } from '../../../../../src/errors.js';
import { fitModel } from '../../../../../src/gan/fit/fit.js';
import { modelFiles, modelFromFiles } from '../../../../../src/gan/model/files.js';
import type { Model } from '../../../../../src/gan/model/model.js';
import { checkAugmented } from '../../../../../src/testing/check-augmented.js';
import { cutAt } from '../../../../augment/penguins.js';
import { asyncFrom, collect } from '../../../../data/support/arbitrary-batches.js';
import { exactRows } from '../../../../data/support/exact.js';
import { caseCount } from '../../../../support/cases.js';
import { products } from '../../products.js';

const real = products(200);
const options = { steps: 2, target: 'category', thread: 'caller' } as const;
const small = { base: 'text', widthMultiplier: 1 / 16, latent: 4, batch: 4 } as const;

let model: Model;

beforeAll(async () => {
  model = await fitModel(real.schema, [real], { ...options, recipe: small });
});

function titles(batches: readonly RecordBatch[]): (string | null)[] {
  return batches.flatMap((batch) => [...(batch.getChild('title') ?? [])]);
}

describe('texts of a GAN in a stream', () => {
  it('should keep every guarantee of the operator, bit for bit', async () => {
    const given = fc.record({
      ratio: fc.integer({ min: 0, max: 80 }).map((percent) => percent / 100),
      cuts: fc.array(fc.nat(199), { maxLength: 3 }),
    });
    const table = products(30, 4);
    await fc.assert(
      fc.asyncProperty(given, async ({ ratio, cuts }) => {
        const wanted = { ratio, model, mark: 'made', where: { category: 'lamps' } };
        const batches = cutAt(table, cuts);

        const out = await collect(augmentBatches(asyncFrom(batches), wanted));
        const whole = await collect(augmentBatches(asyncFrom([table]), wanted));

        checkAugmented(batches, out, wanted);
        expect(exactRows(out)).toEqual(exactRows(whole));
      }),
      { numRuns: caseCount(6, 60) },
    );
  });

  it('should be of seen characters, valid and within the seen lengths, untrained as they are', async () => {
    const seen = new Set(titles([real]).flatMap((title) => [...(title ?? '')]));
    const lengths = titles([real]).flatMap((title) => (title === null ? [] : [title.length]));

    const made = titles(await collect(sampleBatches(model, { rows: 300, seed: 2 }))) as string[];

    expect(made).toHaveLength(300);
    for (const text of made) {
      expect([...text].every((symbol) => seen.has(symbol))).toBe(true);
      expect(text.length).toBeGreaterThanOrEqual(Math.min(...lengths));
      expect(text.length).toBeLessThanOrEqual(Math.max(...lengths));
    }
  });

  it('should be made alike by a saved model', async () => {
    const files = modelFiles(model);
    const loaded = await modelFromFiles(async (name) => files[name] as Uint8Array, 'model');

    const [before, after] = await Promise.all(
      [model, loaded].map((own) => collect(sampleBatches(own, { rows: 40, seed: 3 }))),
    );

    expect(exactRows(after ?? [])).toEqual(exactRows(before ?? []));
    expect(model.manifest.recipe).toMatchObject({ name: 'text', family: 'text' });
  });

  it('should leave longer texts out', async () => {
    const recipe = { ...small, longest: 18 };

    const short = await fitModel(real.schema, [real], { ...options, recipe });

    const made = titles(await collect(sampleBatches(short, { rows: 100 })));
    expect(made.every((text) => (text?.length ?? 99) <= 18)).toBe(true);
  });

  it('should refuse what is not for texts', async () => {
    const fitting = (recipe: object) =>
      fitModel(real.schema, [real], { ...options, recipe: recipe as never });

    await expect(fitting({ base: 'text', longest: -1 })).rejects.toThrow(InvalidOptionError);
    await expect(fitting({ base: 'text', augmentations: ['cutout'] })).rejects.toThrow(/texts/);
  });
});
