import { Field, Float64, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleBatches } from '../../../src/augment/sample-batches.js';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import { stringifyManifest } from '../../../src/gan/model/manifest.js';
import type { Model } from '../../../src/gan/model/model.js';
import type { TrainingEvent } from '../../../src/gan/training/events.js';
import { collect } from '../../data/support/arbitrary-batches.js';

const schema = new Schema([
  new Field('illness', new Utf8(), false),
  new Field('income', new Float64(), false),
]);
const rows = 400;
const illness = Array.from({ length: rows }, (_, row) => {
  if (row < 3) return 'of three rows';
  return row % 2 === 0 ? 'a cold' : 'none';
});
const income = Array.from({ length: rows }, (_, row) => 1000 + (row % 97) * 31.25);
income[7] = 987_654.5;
const columns = [vectorFromArray(illness, new Utf8()), vectorFromArray(income, new Float64())];
const batch = makeBatch(
  schema,
  columns.map(({ data }) => data[0] as never),
  rows,
);

const options = { steps: 1, thread: 'caller', recipe: 'tabular' } as const;
const events: TrainingEvent[] = [];
let model: Model;
let raw: Model;

beforeAll(async () => {
  const onEvent = (event: TrainingEvent) => events.push(event);
  model = await fitModel(schema, [batch], { ...options, onEvent });
  raw = await fitModel(schema, [batch], { ...options, privacy: false });
});

describe('privacy', () => {
  it('should keep values of few rows out of the model, unless it is off', () => {
    const [saved, all] = [stringifyManifest(model.manifest), stringifyManifest(raw.manifest)];

    expect(saved).toContain('a cold');
    expect(saved).not.toContain('of three rows');
    expect(Buffer.from(model.generator).includes('of three rows')).toBe(false);
    expect(all).toContain('of three rows');
  });

  it('should keep values of few rows out of synthetic rows', async () => {
    const made = await collect(sampleBatches(model, { rows: 500 }));

    const texts = new Set(made.flatMap((each) => [...(each.getChild('illness') ?? [])]));
    const numbers = made.flatMap((each) => [...(each.getChild('income') ?? [])] as number[]);
    expect([...texts].every((text) => text === 'a cold' || text === 'none')).toBe(true);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(4000);
  });

  it('should balance the classes that enough rows have, and no others', async () => {
    const made = await collect(sampleBatches(model, { rows: 200, balance: 'illness' }));

    const texts = made.flatMap((each) => [...(each.getChild('illness') ?? [])]);
    const colds = texts.filter((text) => text === 'a cold').length;
    expect(new Set(texts)).toEqual(new Set(['a cold', 'none']));
    expect(Math.abs(colds - 100)).toBeLessThanOrEqual(1);
  });

  it('should say how much is held back', () => {
    const told = events.find(({ type }) => type === 'held-back');

    expect(told).toEqual({
      type: 'held-back',
      leastRows: 5,
      columns: [{ column: 'illness', levels: 1, rows: 3 }],
    });
  });
});
