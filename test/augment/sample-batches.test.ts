import type { RecordBatch } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import { readProvenance } from '../../src/augment/provenance/provenance.js';
import { sampleBatches } from '../../src/augment/sample-batches.js';
import { InvalidOptionError } from '../../src/errors.js';
import type { Model } from '../../src/gan/model/model.js';
import { asyncFrom, collect } from '../data/support/arbitrary-batches.js';
import { exactRows } from '../data/support/exact.js';
import { hastyModel, penguins } from './penguins.js';

let all: RecordBatch;
let model: Model;

beforeAll(async () => {
  all = await penguins();
  model = await hastyModel(all);
});

describe('sampleBatches', () => {
  it.each([0, 1, 256, 700])('should give %i rows, in batches of the wanted size', async (rows) => {
    const out = await collect(sampleBatches(model, { rows, batchRows: 300 }));

    const sizes = out.map((batch) => batch.numRows);
    expect(sizes.reduce((a, b) => a + b, 0)).toBe(rows);
    expect(sizes.slice(0, -1).every((size) => size === 300)).toBe(true);
    expect(out.length).toBeGreaterThan(0);
  });

  it('should give the same rows whatever the batch size', async () => {
    const [small, large] = [
      await collect(sampleBatches(model, { rows: 500, seed: 4, batchRows: 7 })),
      await collect(sampleBatches(model, { rows: 500, seed: 4 })),
    ];

    expect(exactRows(small)).toEqual(exactRows(large));
  });

  it('should give the rows that augmenting with the same seed mixes in', async () => {
    const mixed = await collect(
      augmentBatches(asyncFrom([all]), { ratio: 0.3, model, seed: 4, mark: 'synthetic' }),
    );

    const sampled = await collect(sampleBatches(model, { rows: 147, seed: 4 }));

    const synthetic = exactRows(mixed).filter((row) => row.at(-1));
    expect(synthetic.map((row) => row.slice(0, -1))).toEqual(exactRows(sampled));
  });

  it('should say in the metadata that all is synthetic', async () => {
    const [batch] = await collect(sampleBatches(model, { rows: 1, seed: 4 }));

    expect(readProvenance(batch?.schema.metadata ?? new Map())).toEqual([
      expect.objectContaining({ model: model.id, ratio: 1, seed: '4' }),
    ]);
  });

  it.each([
    { rows: -1 },
    { rows: 1.5 },
    { rows: 1, batchRows: 0 },
    { rows: 1, partition: Number.NaN },
    { rows: 1, seed: {} as never },
  ])('should refuse %o at once', (options) => {
    expect(() => sampleBatches(model, options)).toThrow(InvalidOptionError);
  });
});
