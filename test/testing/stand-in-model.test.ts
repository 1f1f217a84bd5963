import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import { sampleBatches } from '../../src/augment/sample-batches.js';
import { InvalidOptionError, ModelError } from '../../src/errors.js';
import { saveModel } from '../../src/gan/model/directory.js';
import { arbitraryStream } from '../../src/testing/arbitrary-batches.js';
import { exactRows } from '../../src/testing/exact-rows.js';
import { standInModel } from '../../src/testing/stand-in-model.js';
import { asyncFrom, collect } from '../data/support/arbitrary-batches.js';
import { exampleBatch } from '../data/support/example.js';
import { caseCount } from '../support/cases.js';

const model = standInModel(exampleBatch(0, 30));
const sampled = async (seed: number, partition = 0) =>
  exactRows(await collect(sampleBatches(model, { rows: 40, seed, partition })));

describe('standInModel', () => {
  it('should make nothing but the rows that it was given, of columns of every type', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStream(), fc.nat(99), async (stream, seed) => {
        const made = await collect(sampleBatches(stream.model, { rows: 9, seed }));

        expect(made[0]?.schema.fields).toEqual(stream.model.schema.fields);
        expect(exactRows(made)).toHaveLength(9);
      }),
      { numRuns: caseCount(50, 500) },
    );
    const given = new Set(exactRows([exampleBatch(0, 30)]).map((row) => JSON.stringify(row)));
    const made = (await sampled(1)).map((row) => JSON.stringify(row));
    expect(made.every((row) => given.has(row))).toBe(true);
    expect(new Set(made).size).toBeGreaterThan(10);
  });

  it('should make the same rows of a seed and partition, and others of another', async () => {
    const [once, again, otherSeed, otherPartition] = await Promise.all([
      sampled(1),
      sampled(1),
      sampled(2),
      sampled(1, 1),
    ]);

    expect(again).toEqual(once);
    expect(otherSeed).not.toEqual(once);
    expect(otherPartition).not.toEqual(once);
  });

  it('should name itself, and the rows that it holds, in what it augments', async () => {
    const real = exampleBatch(30, 10);

    const [out] = await collect(augmentBatches(asyncFrom([real]), { ratio: 0.5, model }));

    expect(out?.numRows).toBe(20);
    expect(out?.schema.metadata.get('gan-augment')).toContain('"recipe":"stand-in"');
    expect(standInModel(exampleBatch(1, 30)).id).not.toBe(model.id);
    expect(standInModel([exampleBatch(0, 10), exampleBatch(10, 20)]).id).toBe(model.id);
  });

  it.each([
    ['where', { where: { name: 'name 1' } }],
    ['balance', { balance: { column: 'name' } }],
  ])('should refuse %s, which it cannot meet', async (_, conditions) => {
    const sample = collect(sampleBatches(model, { rows: 1, ...conditions }));

    await expect(sample).rejects.toThrow(InvalidOptionError);
    await expect(sample).rejects.toThrow("takes no 'where' and no 'balance'");
  });

  it('should not be saved', async () => {
    await expect(saveModel(model, 'out/stand-in')).rejects.toThrow(ModelError);
  });

  it.each([
    ['no rows', () => standInModel(exampleBatch(0, 0)), 'needs at least one row'],
    ['no batches', () => standInModel([]), 'needs at least one row'],
    ['a stream', () => standInModel(asyncFrom([]) as never), 'Collect a stream first'],
    ['nothing', () => standInModel(undefined as never), 'rows must be a record batch'],
    [
      'half a row at once',
      () => standInModel(exampleBatch(0, 1), { chunkRows: 0.5 }),
      'chunkRows must be a positive whole number: 0.5',
    ],
  ])('should refuse %s', (_, make, message) => {
    expect(make).toThrow(InvalidOptionError);
    expect(make).toThrow(message);
  });
});
