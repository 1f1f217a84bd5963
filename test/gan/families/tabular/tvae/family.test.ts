import { Field, Float64, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleBatches } from '../../../../../src/augment/sample-batches.js';
import { makeBatch } from '../../../../../src/data/batches/batch.js';
import { InvalidOptionError } from '../../../../../src/errors.js';
import { fitModel } from '../../../../../src/gan/fit/fit.js';
import { generatorOf } from '../../../../../src/gan/model/generator-of.js';
import type { Model } from '../../../../../src/gan/model/model.js';
import { createRandom } from '../../../../../src/random.js';
import { collect } from '../../../../data/support/arbitrary-batches.js';
import { exactRows } from '../../../../data/support/exact.js';

const small = {
  base: 'tvae',
  latent: 4,
  encoder: [32],
  decoder: [32],
  batch: 100,
  optimizer: { learningRate: 3e-3, betas: [0.9, 0.999] },
} as const;

/** Rows whose number lies near 0 or near 10, as the category beside it says. */
function twoKinds(rows: number): RecordBatch {
  const random = createRandom(5);
  const kinds = Array.from({ length: rows }, () => (random.integer(4) === 0 ? 'high' : 'low'));
  const sizes = kinds.map((kind) => (kind === 'high' ? 10 : 0) + random.normal());
  const columns = [vectorFromArray(kinds, new Utf8()), vectorFromArray(sizes, new Float64())];
  const schema = new Schema([
    new Field('kind', new Utf8(), false),
    new Field('size', new Float64(), false),
  ]);
  return makeBatch(
    schema,
    columns.flatMap(({ data }) => data[0] ?? []),
    rows,
  );
}

const table = twoKinds(500);
const trained = (steps: number, recipe: object = {}) =>
  fitModel(table.schema, [table], {
    steps,
    recipe: { ...small, ...recipe },
    seed: 3,
    thread: 'caller',
  });

let model: Model;

beforeAll(async () => {
  model = await trained(500);
});

describe('tvae', () => {
  it('should learn how columns belong together, and how often each level is', async () => {
    const [rows] = (await collect(sampleBatches(model, { rows: 1000 }))) as [RecordBatch];

    const kinds = [...(rows.getChild('kind') ?? [])];
    const sizes = [...(rows.getChild('size') ?? [])] as number[];
    const right = kinds.filter((kind, k) => (sizes[k] as number) > 5 === (kind === 'high'));
    expect(right.length / kinds.length).toBeGreaterThan(0.85);
    const high = kinds.filter((kind) => kind === 'high').length / kinds.length;
    expect(high).toBeGreaterThan(0.15);
    expect(high).toBeLessThan(0.35);
  });

  it('should give the same rows for the same seed, of a model trained again', async () => {
    const [one, other] = [await trained(3), await trained(3)];

    const rows = (of: Model) => collect(sampleBatches(of, { rows: 50, seed: 2 }));

    expect(exactRows(await rows(one))).toEqual(exactRows(await rows(other)));
  });

  it('should have levels as often as the data when it is calibrated', async () => {
    const calibrated = await trained(1, { calibrate: true });

    const [rows] = (await collect(sampleBatches(calibrated, { rows: 4000 }))) as [RecordBatch];

    const share = (batch: RecordBatch) =>
      [...(batch.getChild('kind') ?? [])].filter((kind) => kind === 'high').length / batch.numRows;
    expect(Math.abs(share(rows) - share(table))).toBeLessThan(0.03);
  });

  it('should refuse conditions, which it cannot meet', async () => {
    const act = collect(sampleBatches(model, { rows: 10, where: { kind: 'high' } }));

    await expect(act).rejects.toThrow(InvalidOptionError);
    await expect(act).rejects.toThrow('models of this kind: tvae');
  });

  it('should say what is lost in reconstructing rows, and how far latent vectors are from the prior', async () => {
    const names: string[][] = [];

    await fitModel(table.schema, [table], {
      steps: 2,
      recipe: small,
      thread: 'caller',
      onStep: ({ losses }) => names.push(Object.keys(losses).sort()),
    });

    expect(names).toEqual([
      ['divergence', 'reconstruction'],
      ['divergence', 'reconstruction'],
    ]);
  });

  it('should be fed noise alone', () => {
    const inputs = generatorOf(model).inputs(7);

    expect(Object.values(inputs).every(({ source }) => source !== 'data')).toBe(true);
    expect(inputs.latent?.shape).toEqual([7, 4]);
  });
});
