import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../../src/augment/augment-batches.js';
import type { AugmentEvent } from '../../../../src/augment/events.js';
import { fitStream } from '../../../../src/augment/fit-stream.js';
import type { AugmentOptions } from '../../../../src/augment/options/augment-options.js';
import { sampleBatches } from '../../../../src/augment/sample-batches.js';
import { sliceBatch } from '../../../../src/data/batches/interleave.js';
import { DataError, ModelError, PrivacyError } from '../../../../src/errors.js';
import { loadModel, saveModel } from '../../../../src/gan/model/directory.js';
import type { Model } from '../../../../src/gan/model/model.js';
import { penguins } from '../../penguins.js';

let all: RecordBatch;
let copies: Model;
let directory: string;

beforeAll(async () => {
  all = await penguins();
  // Whatever is found is allowed, so that the model says what was measured.
  copies = await fitStream(all, { recipe: 'bootstrap', privacy: { attack: 1 } });
  directory = await mkdtemp(join(tmpdir(), 'attack-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** Batches that came out, and what ended them. */
async function drain(batches: AsyncIterable<RecordBatch>) {
  let count = 0;
  try {
    for await (const _ of batches) count++;
    return { count, error: undefined };
  } catch (error) {
    return { count, error };
  }
}

const augment = (options: Omit<AugmentOptions, 'ratio'>) =>
  drain(augmentBatches(all, { ratio: 0.3, progress: false, ...options }));

describe('privacy.attack', () => {
  it('should keep in a model what the best attack found, on a fifth of the rows', () => {
    const { attack, training } = copies.manifest;

    expect(attack?.auc).toBeGreaterThan(0.9);
    expect(attack?.low).toBeLessThanOrEqual(attack?.auc ?? 0);
    expect(attack?.rows.members).toBe(training.rows);
    expect((attack?.rows.others ?? 0) + training.rows).toBe(344);
  });

  it('should refuse to train a model of copies, and let one through that copies nothing', async () => {
    const events: AugmentEvent[] = [];
    const privacy = { attack: 0.75 };

    const refused = await fitStream(all, {
      recipe: 'bootstrap',
      privacy,
      progress: false,
    }).catch((error: unknown) => error);
    const model = await fitStream(all, {
      recipe: 'copula',
      privacy,
      progress: (event) => events.push(event),
    });

    expect(refused).toBeInstanceOf(PrivacyError);
    expect(String(refused)).toMatch(/with an AUC of .* privacy.attack allows 0.75. Train on/);
    expect(model.manifest.attack?.auc).toBeLessThanOrEqual(0.75);
    expect(events).toContainEqual({ type: 'attacked', ...model.manifest.attack });
    expect(events.at(-1)).toMatchObject({ type: 'fit-stopped', model: model.id });
  });

  it('should let no row out where the stream trains a model that tells too much', async () => {
    const { count, error } = await augment({
      recipe: 'bootstrap',
      privacy: { attack: 0.6 },
    });

    expect(error).toBeInstanceOf(PrivacyError);
    expect(count).toBe(0);
  });

  it('should mix rows of a model that tells no more than is allowed', async () => {
    const { count, error } = await augment({ recipe: 'copula', privacy: { attack: 0.75 } });

    expect(error).toBeUndefined();
    expect(count).toBeGreaterThan(0);
  });

  it('should ask a saved model what it tells, and refuse one that tells too much', async () => {
    const place = join(directory, 'copies');
    await saveModel(copies, place);

    const mixed = await augment({ model: place, privacy: { attack: 0.6 } });
    const sampled = await drain(sampleBatches(place, { rows: 5, privacy: { attack: 0.6 } }));
    const allowed = await drain(sampleBatches(place, { rows: 5, privacy: { attack: 1 } }));

    expect(mixed.error).toBeInstanceOf(PrivacyError);
    expect(sampled.error).toBeInstanceOf(PrivacyError);
    expect([mixed.count, sampled.count]).toEqual([0, 0]);
    expect(allowed.error).toBeUndefined();
    expect((await loadModel(place)).manifest.attack).toEqual(copies.manifest.attack);
  });

  it('should say what to do with a model that does not say', async () => {
    const model = await fitStream(all, { recipe: 'copula', progress: false });

    const { error } = await augment({ model, privacy: { attack: 0.6 } });

    expect(error).toBeInstanceOf(PrivacyError);
    expect(String(error)).toContain('Train it with privacy: { attack: 0.6 }');
    expect(model.manifest.attack).toBeUndefined();
  });

  it('should refuse rows that are too few before any training', async () => {
    const events: AugmentEvent[] = [];

    const fitting = fitStream(sliceBatch(all, 0, 50), {
      recipe: 'bootstrap',
      privacy: { attack: 0.6 },
      progress: (event) => events.push(event),
    });

    await expect(fitting).rejects.toThrow(DataError);
    await expect(fitting).rejects.toThrow(/too few rows to hold some out for privacy.attack/);
    expect(events.some(({ type }) => type === 'fit-step')).toBe(false);
  });

  it('should refuse a model that says nonsense of itself', async () => {
    const place = join(directory, 'nonsense');
    await saveModel(copies, place);
    const file = join(place, 'model.json');
    const manifest = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...manifest, attack: { auc: -1 } }));

    await expect(loadModel(place)).rejects.toThrow(ModelError);
    await expect(loadModel(place)).rejects.toThrow(/'attack' is missing or malformed/);
  });

  it.each<[string, Omit<AugmentOptions, 'ratio'>]>([
    ['a promise that does not pay for it', { fit: { privacy: { epsilon: 1, delta: 1e-5 } } }],
    ['translations', { translate: { from: 'a', to: 'b' } }],
    ['sequences', { sequence: { by: 'species', orderBy: 'year' } }],
  ])('should exclude %s', (_what, options) => {
    const planning = () =>
      augmentBatches(all, { ratio: 0.3, privacy: { attack: 0.6 }, ...options });

    expect(planning).toThrow(/'privacy\.attack'.* exclude each other/);
  });
});
