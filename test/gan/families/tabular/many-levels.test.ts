import { Field, Int32, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleBatches } from '../../../../src/augment/sample-batches.js';
import { makeBatch } from '../../../../src/data/batches/batch.js';
import { InvalidOptionError, SchemaError } from '../../../../src/errors.js';
import { fitModel } from '../../../../src/gan/fit/fit.js';
import type { Model } from '../../../../src/gan/model/model.js';
import type { TrainingEvent } from '../../../../src/gan/training/events.js';
import { createRandom } from '../../../../src/random.js';
import { collect } from '../../../data/support/arbitrary-batches.js';

const levels = 10_000;

/** A column of 10,000 levels, each of which occurs, and one of numbers. */
function manyLevels(): RecordBatch {
  const random = createRandom(9);
  const rows = 2 * levels;
  const towns = Array.from({ length: rows }, (_, row) =>
    row < levels ? `town ${row}` : `town ${Math.floor(levels * random.uniform() ** 4)}`,
  );
  const sizes = Array.from({ length: rows }, () => random.integer(1000));
  const schema = new Schema([
    new Field('town', new Utf8(), false),
    new Field('size', new Int32(), false),
  ]);
  const columns = [vectorFromArray(towns, new Utf8()), vectorFromArray(sizes, new Int32())];
  return makeBatch(
    schema,
    columns.flatMap(({ data }) => data[0] ?? []),
    rows,
  );
}

const table = manyLevels();
const columns = { town: { kind: 'categorical', maximumLevels: levels } } as const;
const events: TrainingEvent[] = [];
let model: Model;

beforeAll(async () => {
  model = await fitModel(table.schema, [table], {
    steps: 2,
    recipe: {
      base: 'ctgan',
      latent: 8,
      generator: [16],
      critic: [16],
      batch: 50,
      pack: 5,
      calibrate: true,
    },
    columns,
    privacy: false,
    thread: 'caller',
    onEvent: (event) => events.push(event),
  });
});

async function townsOf(options: object): Promise<unknown[]> {
  const batches = await collect(sampleBatches(model, { rows: 2000, ...options }));
  return batches.flatMap((batch) => [...(batch.getChild('town') ?? [])]);
}

describe('a column of 10,000 levels', () => {
  it('should be learned within bounded memory', () => {
    const [estimate] = events.filter(({ type }) => type === 'estimate');

    expect(estimate).toMatchObject({ steps: 2 });
    expect((estimate as { bytes: number }).bytes).toBeLessThan(2 ** 26);
  });

  it('should have rare levels in its rows, and not a few of them alone', async () => {
    const towns = (await townsOf({})) as string[];

    const isRare = (town: unknown) => Number(String(town).slice(5)) >= levels / 2;
    const shareOf = (all: unknown[]) => all.filter(isRare).length / all.length;
    const wanted = shareOf([...(table.getChild('town') ?? [])]);
    // Hardly trained networks are calibrated only so far.
    expect(shareOf(towns)).toBeGreaterThan(wanted / 4);
    expect(shareOf(towns)).toBeLessThan(wanted * 1.2);
    const rare = towns.filter(isRare);
    expect(new Set(rare).size).toBeGreaterThan(rare.length / 2);
  });

  it.each(['town 0', 'town 9999'])('should be given one level in every row: %s', async (town) => {
    const towns = await townsOf({ where: { town } });

    expect(new Set(towns)).toEqual(new Set([town]));
  });

  it('should refuse a level that it does not have, and to be balanced', async () => {
    await expect(townsOf({ where: { town: 'town 10000' } })).rejects.toThrow(InvalidOptionError);
    await expect(townsOf({ balance: 'town' })).rejects.toThrow('too many levels');
  });

  it('should be refused where it has more levels than were said', async () => {
    const act = fitModel(table.schema, [table], {
      steps: 2,
      columns: { town: { kind: 'categorical', maximumLevels: 5000 } },
      thread: 'caller',
    });

    await expect(act).rejects.toThrow(SchemaError);
    await expect(act).rejects.toThrow('Raise its maximumLevels');
  });
});
