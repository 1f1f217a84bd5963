import {
  DateDay,
  Field,
  Float64,
  Int32,
  Int64,
  type RecordBatch,
  Schema,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleBatches } from '../../../../src/augment/sample-batches.js';
import { makeBatch } from '../../../../src/data/batches/batch.js';
import { fitModel } from '../../../../src/gan/fit/fit.js';
import { createRandom } from '../../../../src/random.js';
import { collect } from '../../../data/support/arbitrary-batches.js';

const rows = 800;
const day = 86_400_000;
const firstDay = Date.UTC(2020, 0, 1);
const lastDay = firstDay + 89 * day;

/** Columns as they come: what is null together, a spike of zeros, days, keys and a constant. */
function columnsOfAllSorts(): RecordBatch {
  const random = createRandom(12);
  const draw = <T>(next: (row: number) => T) => Array.from({ length: rows }, (_, row) => next(row));
  const isKnown = draw(() => random.uniform() > 0.3);
  const columns = {
    key: [draw((row) => `row ${row}`), new Utf8()],
    number: [draw((row) => BigInt(1000 + row)), new Int64()],
    income: [draw((row) => (isKnown[row] ? 50 + 10 * random.normal() : null)), new Float64()],
    job: [draw((row) => (isKnown[row] ? `job ${random.integer(3)}` : null)), new Utf8()],
    gains: [draw(() => (random.uniform() < 0.8 ? 0 : 1 + random.integer(500))), new Int32()],
    since: [draw(() => new Date(firstDay + random.integer(90) * day)), new DateDay()],
    country: [draw(() => 'here'), new Utf8()],
  } as const;
  const entries = Object.entries(columns);
  const schema = new Schema(entries.map(([name, [, type]]) => new Field(name, type, true)));
  const data = entries.flatMap(([, [cells, type]]) => {
    return vectorFromArray(cells as unknown[], type as Utf8).data[0] ?? [];
  });
  return makeBatch(schema, data, rows);
}

let real: RecordBatch;
let made: RecordBatch;

const cells = (batch: RecordBatch, name: string): unknown[] => [...(batch.getChild(name) ?? [])];

beforeAll(async () => {
  real = columnsOfAllSorts();
  const model = await fitModel(real.schema, [real], {
    steps: 400,
    seed: 4,
    recipe: {
      base: 'tabular',
      latent: 16,
      generator: [48],
      critic: [48],
      batch: 100,
      pairs: { weight: 1, memory: 0.9, most: 512 },
      emaDecay: 0.98,
      optimizer: { learningRate: 3e-3, betas: [0.5, 0.9] },
    },
    thread: 'caller',
  });
  [made] = (await collect(sampleBatches(model, { rows: 2000 }))) as [RecordBatch];
});

describe('synthetic rows', () => {
  it('should be null where columns are null together', () => {
    const [income, job] = [cells(made, 'income'), cells(made, 'job')];

    const together = income.filter((cell, row) => cell === null && job[row] === null).length;
    const either = income.filter((cell, row) => cell === null || job[row] === null).length;
    // Of columns that knew nothing of each other it would be 0.18.
    expect(together / either).toBeGreaterThan(0.6);
    expect(Math.abs(either / made.numRows - 0.3)).toBeLessThan(0.1);
  });

  it('should have the zeros of a spike as often as the data, and whole numbers within its bounds', () => {
    const share = (batch: RecordBatch) =>
      cells(batch, 'gains').filter((cell) => cell === 0).length / batch.numRows;

    expect(Math.abs(share(made) - share(real))).toBeLessThan(0.04);
    const gains = cells(made, 'gains') as number[];
    expect(gains.every((gain) => Number.isInteger(gain))).toBe(true);
    const largest = Math.max(...(cells(real, 'gains') as number[]));
    expect(Math.min(...gains)).toBe(0);
    expect(Math.max(...gains)).toBeLessThanOrEqual(largest);
  });

  it('should have whole days within the range of the data', () => {
    const days = cells(made, 'since').map(Number);

    expect(new Set(days.map((time) => time % day))).toEqual(new Set([0]));
    expect(Math.min(...days)).toBeGreaterThanOrEqual(firstDay);
    expect(Math.max(...days)).toBeLessThanOrEqual(lastDay);
    expect(new Set(days).size).toBeGreaterThan(30);
  });

  it('should know no identifier, and repeat a constant', () => {
    expect(new Set(cells(made, 'key'))).toEqual(new Set([null]));
    expect(new Set(cells(made, 'number'))).toEqual(new Set([null]));
    expect(new Set(cells(made, 'country'))).toEqual(new Set(['here']));
  });
});
