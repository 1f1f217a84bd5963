import { Field, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../../../src/augment/augment-batches.js';
import { readProvenance } from '../../../../../src/augment/provenance/provenance.js';
import { sampleBatches } from '../../../../../src/augment/sample-batches.js';
import { makeBatch, rebindBatch } from '../../../../../src/data/batches/batch.js';
import {
  DataError,
  InvalidOptionError,
  ModelError,
  SchemaError,
} from '../../../../../src/errors.js';
import { fitModel } from '../../../../../src/gan/fit/fit.js';
import { modelFiles, modelFromFiles } from '../../../../../src/gan/model/files.js';
import { type Model, sha256 } from '../../../../../src/gan/model/model.js';
import { cutAt } from '../../../../augment/penguins.js';
import { asyncFrom, collect } from '../../../../data/support/arbitrary-batches.js';
import { exactRows } from '../../../../data/support/exact.js';
import { caseCount } from '../../../../support/cases.js';
import { products, suits } from '../../products.js';

const real = products();
const options = { recipe: 'markov', target: 'category', thread: 'caller' } as const;

function cells(batches: readonly RecordBatch[], name: string): (string | null)[] {
  return batches.flatMap((batch) => [...(batch.getChild(name) ?? [])]);
}

let model: Model;

beforeAll(async () => {
  model = await fitModel(real.schema, [real], options);
});

/** The model with its n-grams changed, under the right hash. */
function reread(change: (bytes: Uint8Array) => Uint8Array): Promise<Model> {
  const files = modelFiles(model);
  const { file } = model.manifest.generator;
  const bytes = change(files[file] as Uint8Array);
  const generator = { ...model.manifest.generator, sha256: sha256(bytes) };
  const manifest = Buffer.from(JSON.stringify({ ...model.manifest, generator }));
  const changed: Record<string, Uint8Array> = { 'model.json': manifest, [file]: bytes };
  return modelFromFiles(async (name) => changed[name] as Uint8Array, 'here');
}

describe('markov', () => {
  it('should make texts that suit labels of their true shares, and leave other columns null', async () => {
    const made = await collect(sampleBatches(model, { rows: 2000, seed: 1 }));

    const categories = cells(made, 'category') as ('shoes' | 'lamps')[];
    const titles = cells(made, 'title');
    const suiting = titles.filter(
      (title, row) => title === null || suits(title, categories[row] as 'shoes'),
    );
    const shareOf = (all: readonly unknown[]) =>
      all.filter((own) => own === 'shoes').length / all.length;
    expect(suiting.length).toBeGreaterThan(1900);
    expect(shareOf(categories)).toBeCloseTo(shareOf(cells([real], 'category')), 1);
    expect(titles.filter((title) => title === null).length / 2000).toBeCloseTo(0.1, 1);
    expect(new Set(cells(made, 'price'))).toEqual(new Set([null]));
  });

  it('should make what is asked for, in balance too', async () => {
    const where = { category: 'lamps' };
    const asked = await collect(sampleBatches(model, { rows: 50, where }));
    const balanced = await collect(sampleBatches(model, { rows: 500, balance: 'category' }));

    const lamps = cells(balanced, 'category').filter((own) => own === 'lamps').length;
    expect(new Set(cells(asked, 'category'))).toEqual(new Set(['lamps']));
    expect(Math.abs(lamps - 250)).toBeLessThan(30);
  });

  it('should mix the same rows at the exact share, however the stream is cut', async () => {
    const wanted = { ratio: 0.4, model, seed: 7 } as const;
    const whole = exactRows(await collect(augmentBatches([real], wanted)));

    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 3 }), async (places) => {
        const cut = await collect(augmentBatches(asyncFrom(cutAt(real, places)), wanted));

        expect(exactRows(cut)).toEqual(whole);
      }),
      { numRuns: caseCount(2, 20) },
    );
    expect(whole).toHaveLength(1000);
  });

  it('should say in the metadata what its rows are made of', async () => {
    const out = await collect(augmentBatches([real], { ratio: 0.1, model }));

    const { recipe, holds } = readProvenance(out[0]?.schema.metadata ?? new Map()).at(-1) ?? {};
    expect({ recipe, holds }).toEqual({ recipe: 'markov', holds: 'n-grams' });
  });

  it('should make the same rows after it was saved and read', async () => {
    const [made, again] = await Promise.all(
      [model, await reread((bytes) => bytes)].map((own) =>
        collect(sampleBatches(own, { rows: 600, seed: 3 })),
      ),
    );

    expect(exactRows(again ?? [])).toEqual(exactRows(made ?? []));
  });

  it.each([
    ['cut', (bytes: Uint8Array) => bytes.slice(0, bytes.length / 3)],
    ['of another kind', () => Buffer.from('[]')],
    [
      'of wrong counts',
      (bytes: Uint8Array) =>
        Buffer.from(Buffer.from(bytes).toString().replace('"order":5', '"order":-5')),
    ],
  ])('should refuse n-grams that are %s', async (_, change) => {
    const read = reread(change);

    await expect(read.then((own) => collect(sampleBatches(own, { rows: 1 })))).rejects.toThrow(
      ModelError,
    );
  });

  it('should take the order that is asked for', async () => {
    const train = (order: number) =>
      fitModel(real.schema, [real], { ...options, recipe: { base: 'markov', order } });

    const size = async (order: number) => (await train(order)).generator.length;

    expect(await size(1)).toBeLessThan(await size(5));
    await expect(train(0)).rejects.toThrow(InvalidOptionError);
  });

  it('should take the column of prose beside one of categories, or that which is named', async () => {
    const unlabelled = { recipe: 'markov', thread: 'caller' } as const;
    const schema = new Schema(
      real.schema.fields.map(({ name, type }) => new Field(name, type, true)),
    );
    const nullable = rebindBatch(schema, real);

    const found = await fitModel(schema, [nullable], unlabelled);
    const named = await fitModel(schema, [nullable], {
      ...unlabelled,
      columns: { category: { kind: 'text' } },
    });

    const kinds = ({ manifest }: Model) => manifest.columns.map(({ encoder }) => encoder);
    expect(kinds(found)[0]).toBe('text');
    expect(kinds(named)[1]).toBe('text');
  });

  it('should refuse tables without texts, and texts of few rows', async () => {
    const prices = new Schema([real.schema.fields[2] as Field]);
    const numbers = makeBatch(prices, [real.data.children[2] as never], real.numRows);
    const schema = new Schema([new Field('x', new Utf8(), true)]);
    const lone = makeBatch(schema, [vectorFromArray(['ab', 'cd'], new Utf8()).data[0] as never], 2);

    const ofNumbers = fitModel(prices, [numbers], { recipe: 'markov', thread: 'caller' });
    const ofFew = fitModel(schema, [lone], { recipe: 'markov', thread: 'caller' });

    await expect(ofNumbers).rejects.toThrow(SchemaError);
    await expect(ofFew).rejects.toThrow(DataError);
  });
});
