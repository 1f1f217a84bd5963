import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RecordBatch } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { sampleBatches } from '../../../src/augment/sample-batches.js';
import { ModelError } from '../../../src/errors.js';
import { loadModel } from '../../../src/gan/model/directory.js';
import { parseManifest } from '../../../src/gan/model/manifest.js';
import { collect } from '../../data/support/arbitrary-batches.js';

const pathOf = (name: string) => fileURLToPath(new URL(`saved/${name}`, import.meta.url));

/** Rows as JSON has them. */
function plainRows(batches: readonly RecordBatch[]): Record<string, unknown>[] {
  const plain = (_name: string, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value;
  return batches.flatMap((batch) => JSON.parse(JSON.stringify(batch.toArray(), plain)));
}

describe('a model that version 0.1.0 saved', () => {
  it.each(['tabular', 'tvae', 'image'])(
    'should load, and give the rows that it gave: %s',
    async (name) => {
      const expected = JSON.parse(readFileSync(pathOf(`${name}.rows.json`), 'utf8'));

      const model = await loadModel(pathOf(name));
      const batches = await collect(sampleBatches(model, { rows: 5, seed: 7 }));

      expect(expected).toHaveLength(5);
      expect(plainRows(batches)).toEqual(expected);
    },
  );

  it('should be refused where its recipe does not say what sampling needs', () => {
    const text = readFileSync(`${pathOf('tabular')}/model.json`, 'utf8');
    const manifest = JSON.parse(text);
    const without = { ...manifest.recipe, options: { ...manifest.recipe.options, latent: 0 } };

    const parsing = () => parseManifest(JSON.stringify({ ...manifest, recipe: without }), 'it');

    expect(parsing).toThrow(ModelError);
    expect(parsing).toThrow(/'recipe' is missing or malformed/);
  });
});
