import type { RecordBatch } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleBatches } from '../../../../src/augment/sample-batches.js';
import { InvalidOptionError } from '../../../../src/errors.js';
import { fitModel } from '../../../../src/gan/fit/fit.js';
import { modelFiles, modelFromFiles } from '../../../../src/gan/model/files.js';
import type { Model } from '../../../../src/gan/model/model.js';
import { collect } from '../../../data/support/arbitrary-batches.js';
import { brokenRows, plantAll } from '../../../encode/rules/planted.js';

const { planted, batch } = plantAll({
  kinds: ['determined', 'times', 'null-where', 'sum'],
  rows: 500,
  seed: 4,
});
const [combination, order] = planted.map(({ rule }) => rule.columns) as [string[], string[]];
const [town, land] = combination as [string, string];

const fit = {
  steps: 2,
  recipe: { base: 'ctgan', latent: 8, generator: [16], critic: [16], batch: 50, pack: 5 },
  thread: 'caller',
} as const;
let model: Model;

beforeAll(async () => {
  const made = await fitModel(batch.schema, [batch], fit);
  const files = modelFiles(made);
  model = await modelFromFiles(async (name) => files[name] as Uint8Array, 'model');
}, 60_000);

async function rowsOf(options: object): Promise<RecordBatch[]> {
  return collect(sampleBatches(model, { rows: 400, seed: 1, ...options }));
}

const cells = (batches: RecordBatch[], name: string) =>
  batches.flatMap((each) => [...(each.getChild(name) ?? [])]);

describe('rules of a table', () => {
  it('should hold in every row of a saved model', async () => {
    const made = await rowsOf({});

    for (const { rule } of planted) {
      for (const each of made) expect(brokenRows(rule, each, batch)).toBe(0);
    }
    expect(model.manifest.rules).toHaveLength(planted.length);
  });

  it('should be met together with what is asked for of their columns', async () => {
    const made = await rowsOf({ where: { [land]: 'land 1' } });

    expect(new Set(cells(made, land))).toEqual(new Set(['land 1']));
    expect(new Set(cells(made, town)).size).toBeGreaterThan(1);
    for (const { rule } of planted) {
      for (const each of made) expect(brokenRows(rule, each, batch)).toBe(0);
    }
  });

  it('should let a column that they combine be balanced', async () => {
    const lands = cells(await rowsOf({ balance: land }), land);

    for (const level of ['land 0', 'land 1', 'land 2', 'land 3']) {
      const share = lands.filter((each) => each === level).length / lands.length;
      expect(share).toBeCloseTo(0.25, 1);
    }
    expect(lands).not.toContain(null);
  });

  it.each([
    [{ where: { [land]: 'land 1', [town]: 'town 2' } }, 'never together'],
    [{ where: { [land]: 'land 9' } }, "land 9. Did you mean 'land 0'?"],
    [{ where: { [order[1] as string]: '2024-01-01T00:00:00' } }, 'follows from others by a rule'],
    [{ balance: land, where: { [town]: 'town 1' } }, 'one fixed combination'],
  ])('should refuse %j', async (options, message) => {
    await expect(rowsOf(options)).rejects.toThrow(message);
    await expect(rowsOf(options)).rejects.toThrow(InvalidOptionError);
  });

  it('should not be learned where there are to be none', async () => {
    const free = await fitModel(batch.schema, [batch], { ...fit, rules: false });

    expect(free.manifest.rules).toBeUndefined();
  });

  it('should be refused before training where a given one does not hold', async () => {
    const rules = [{ kind: 'nulls', columns: [town, 'size'] }] as const;

    const act = fitModel(batch.schema, [batch], { ...fit, rules });

    await expect(act).rejects.toThrow('fit.rules[0] does not hold in the data');
  });
});
