import type { RecordBatch } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../src/augment/augment-batches.js';
import { sampleBatches } from '../../../src/augment/sample-batches.js';
import { InvalidOptionError, SchemaError } from '../../../src/errors.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import { modelFiles, modelFromFiles } from '../../../src/gan/model/files.js';
import type { Model } from '../../../src/gan/model/model.js';
import { cutAt } from '../../augment/penguins.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { exactRows } from '../../data/support/exact.js';
import { products, suits } from './products.js';

const recipes = ['smote-nc', 'copula', 'bootstrap', 'tvae', 'tabular'] as const;
const columns = { title: { kind: 'text' } } as const;
const real = products();

const train = (recipe: (typeof recipes)[number], options = {}) =>
  fitModel(real.schema, [real], {
    recipe,
    columns,
    target: 'category',
    thread: 'caller',
    ...(recipe === 'tvae' || recipe === 'tabular' ? { steps: 2 } : {}),
    ...options,
  });

function cells(batches: readonly RecordBatch[], name: string): (string | null)[] {
  return batches.flatMap((batch) => [...(batch.getChild(name) ?? [])]);
}

let models: Record<(typeof recipes)[number], Model>;

beforeAll(async () => {
  const fitted = recipes.map(async (recipe) => [recipe, await train(recipe)] as const);
  models = Object.fromEntries(await Promise.all(fitted)) as typeof models;
});

describe.each(recipes)('titles beside other columns, by %s', (recipe) => {
  it('should suit the category of their row, and be null as often', async () => {
    const made = await collect(sampleBatches(models[recipe], { rows: 1000, seed: 2 }));

    const titles = cells(made, 'title');
    const categories = cells(made, 'category') as ('shoes' | 'lamps')[];
    const given = titles.flatMap((title, row) => (title === null ? [] : [{ title, row }]));
    const suiting = given.filter(({ title, row }) => suits(title, categories[row] as 'shoes'));
    expect(suiting.length).toBeGreaterThan(0.95 * given.length);
    expect(given.length / 1000).toBeCloseTo(0.9, 1);
  });

  it('should be the same after the model was saved and read', async () => {
    const files = modelFiles(models[recipe]);
    const read = await modelFromFiles(async (name) => files[name] as Uint8Array, 'here');

    const [made, again] = await Promise.all(
      [models[recipe], read].map((model) => collect(sampleBatches(model, { rows: 600, seed: 3 }))),
    );

    expect(exactRows(again ?? [])).toEqual(exactRows(made ?? []));
  });

  it('should be no part of what the model keeps, but for frequent runs of characters', () => {
    const kept = Buffer.concat(Object.values(modelFiles(models[recipe]))).toString('latin1');

    const titles = cells([real], 'title').filter((title) => title !== null);
    expect(titles.filter((title) => kept.includes(title))).toEqual([]);
    expect(models[recipe].manifest.columns[0]?.encoder).toBe('markov');
  });
});

describe('titles beside other columns', () => {
  // No conditions can be asked of a variational autoencoder.
  it.each(['smote-nc', 'copula', 'bootstrap', 'tabular'] as const)(
    'should suit a category that is asked for, by %s',
    async (recipe) => {
      const where = { category: 'lamps' };

      const made = await collect(sampleBatches(models[recipe], { rows: 100, seed: 2, where }));

      const titles = cells(made, 'title').filter((title) => title !== null);
      const suiting = titles.filter((title) => suits(title, 'lamps'));
      expect(suiting.length).toBeGreaterThan(0.95 * titles.length);
    },
  );

  it('should come in the same rows, however the stream is cut', async () => {
    const options = { ratio: 0.3, model: models.copula, seed: 7 } as const;
    const whole = exactRows(await collect(augmentBatches([real], options)));

    const cut = await collect(augmentBatches(asyncFrom(cutAt(real, [7, 311])), options));

    expect(exactRows(cut)).toEqual(whole);
    expect(whole).toHaveLength(real.numRows + Math.floor((real.numRows * 3) / 7));
  });

  it('should hold characters of few rows only without privacy', async () => {
    const open = await train('copula', { privacy: false });

    const textsOf = (model: Model) => JSON.stringify(model.manifest.encoders[0]);
    const size = (model: Model) => textsOf(model).length;
    expect(size(open)).toBeGreaterThan(3 * size(models.copula));
  });

  it('should not be asked for, nor be a target', async () => {
    const where = { title: 'Red boot No. 7' };
    const asked = collect(sampleBatches(models.copula, { rows: 1, where }));
    const target = train('copula', { target: 'title' });

    await expect(asked).rejects.toThrow(InvalidOptionError);
    await expect(target).rejects.toThrow(SchemaError);
  });
});
