import { Field, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../../../src/augment/augment-batches.js';
import { sampleBatches } from '../../../../../src/augment/sample-batches.js';
import { makeBatch } from '../../../../../src/data/batches/batch.js';
import { InvalidOptionError } from '../../../../../src/errors.js';
import { fitModel } from '../../../../../src/gan/fit/fit.js';
import { modelFiles, modelFromFiles } from '../../../../../src/gan/model/files.js';
import type { Model } from '../../../../../src/gan/model/model.js';
import { checkAugmented } from '../../../../../src/testing/check-augmented.js';
import { cutAt } from '../../../../augment/penguins.js';
import { asyncFrom, collect } from '../../../../data/support/arbitrary-batches.js';
import { exactRows } from '../../../../data/support/exact.js';

/** Three words of one class and two of another, of unlike lengths. */
const words = { fruit: ['fig', 'plum', 'cherry'], tree: ['oak', 'linden'] } as const;

function wordsTable(rows: number): RecordBatch {
  const kinds = Array.from({ length: rows }, (_, row) => (row % 2 ? 'fruit' : 'tree'));
  const own = kinds.map(
    (kind, row) => words[kind as 'fruit'][(row >> 1) % words[kind as 'fruit'].length],
  );
  const schema = new Schema(['word', 'kind'].map((name) => new Field(name, new Utf8(), false)));
  const columns = [own, kinds].map((cells) => vectorFromArray(cells, new Utf8()).data[0] as never);
  return makeBatch(schema, columns, rows);
}

const real = wordsTable(240);
const options = { target: 'kind', thread: 'caller', seed: 5 } as const;
const small = { base: 'gru', hidden: 24, batch: 32 } as const;
const columns = { word: { kind: 'text' } } as const;

let model: Model;

beforeAll(async () => {
  const recipe = { ...small, optimizer: { learningRate: 0.02, betas: [0.9, 0.99] } } as const;
  model = await fitModel(real.schema, [real], { ...options, columns, recipe, steps: 120 });
});

function cells(batches: readonly RecordBatch[], name: string): string[] {
  return batches.flatMap((batch) => [...(batch.getChild(name) ?? [])]) as string[];
}

describe('gru', () => {
  it('should make the words of each class, and hardly any others', async () => {
    for (const kind of ['fruit', 'tree'] as const) {
      const rows = { rows: 200, seed: 1, where: { kind } };
      const made = cells(await collect(sampleBatches(model, rows)), 'word');

      const known = made.filter((word) => (words[kind] as readonly string[]).includes(word));
      expect(known.length).toBeGreaterThan(160);
      expect(new Set(known).size).toBe(words[kind].length);
    }
  });

  it('should keep every guarantee of the operator, bit for bit', async () => {
    const table = wordsTable(50);
    const wanted = { ratio: 0.4, model, mark: 'made' };

    const out = await collect(augmentBatches(asyncFrom(cutAt(table, [3, 31])), wanted));
    const whole = await collect(augmentBatches(asyncFrom([table]), wanted));

    checkAugmented(cutAt(table, [3, 31]), out, wanted);
    expect(exactRows(out)).toEqual(exactRows(whole));
  });

  it('should make the same texts when it was saved and read', async () => {
    const files = modelFiles(model);
    const loaded = await modelFromFiles(async (name) => files[name] as Uint8Array, 'model');

    const [before, after] = await Promise.all(
      [model, loaded].map((own) => collect(sampleBatches(own, { rows: 70, seed: 3 }))),
    );

    expect(exactRows(after ?? [])).toEqual(exactRows(before ?? []));
  });

  it('should end no text before the shortest, untrained and at any temperature', async () => {
    const recipe = { ...small, temperature: 5 };

    const raw = await fitModel(real.schema, [real], { ...options, columns, recipe, steps: 1 });

    const lengths = cells(await collect(sampleBatches(raw, { rows: 100 })), 'word').map(
      ({ length }) => length,
    );
    expect(Math.min(...lengths)).toBe(3);
    expect(Math.max(...lengths)).toBe(6);
  });

  it('should refuse what it has not', async () => {
    const recipe = { ...small, temperature: 0 };

    const fitting = fitModel(real.schema, [real], { ...options, columns, recipe });

    await expect(fitting).rejects.toThrow(InvalidOptionError);
  });
});
