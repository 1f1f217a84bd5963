import {
  Float64,
  Int32,
  type RecordBatch,
  Schema,
  Table,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { DataError, InvalidOptionError, SchemaError } from '../../src/errors.js';
import { fitModel } from '../../src/gan/fit.js';
import { modelFiles } from '../../src/gan/model/files.js';
import { cutAt, penguins } from '../augment/penguins.js';

let all: RecordBatch;

beforeAll(async () => {
  all = await penguins();
});

/** A table with a secret in each row: a distinct number, and a text that hardly repeats. */
function secrets(rows: number): RecordBatch {
  const table = new Table({
    amount: vectorFromArray(
      Array.from({ length: rows }, (_, k) => 1000 + Math.sin(k) * 123.456789),
      new Float64(),
    ),
    name: vectorFromArray(
      Array.from({ length: rows }, (_, k) => `secret-${k}`),
      new Utf8(),
    ),
    kind: vectorFromArray(
      Array.from({ length: rows }, (_, k) => k % 3),
      new Int32(),
    ),
  });
  return table.batches[0] as RecordBatch;
}

describe('fitModel', () => {
  it('should give the same model for the same seed and rows, however they are cut', async () => {
    const fitWith = (places: number[], seed: number) =>
      fitModel(all.schema, cutAt(all, places), { seed, steps: 3 });

    const [one, cut, other] = [
      await fitWith([], 1),
      await fitWith([5, 5, 200], 1),
      await fitWith([], 2),
    ];

    expect(cut.id).toBe(one.id);
    expect(modelFiles(cut)).toEqual(modelFiles(one));
    expect(other.id).not.toBe(one.id);
  });

  it('should keep no training row in the model', async () => {
    const rows = secrets(200);

    const model = await fitModel(rows.schema, [rows], { steps: 2 });

    const files = Object.values(modelFiles(model)).map((bytes) => Buffer.from(bytes));
    const amounts = [...(rows.getChild('amount') ?? [])] as number[];
    const [low, high] = [Math.min(...amounts), Math.max(...amounts)];
    for (const file of files) {
      expect(file.includes('secret-')).toBe(false);
      // The smallest and largest are bounds, which the README says a model holds.
      for (const amount of amounts.filter((value) => value > low && value < high)) {
        const raw = Buffer.alloc(8);
        raw.writeDoubleLE(amount);
        expect(file.includes(String(amount)) || file.includes(raw)).toBe(false);
      }
    }
  });

  it('should report each step', async () => {
    const seen: number[] = [];

    await fitModel(all.schema, [all], {
      steps: 3,
      onStep: ({ step, steps, criticLoss }) => {
        expect(steps).toBe(3);
        expect(criticLoss).toBeTypeOf('number');
        seen.push(step);
      },
    });

    expect(seen).toEqual([1, 2, 3]);
  });

  it('should learn a table of two rows', async () => {
    const two = cutAt(all, [2])[0] as RecordBatch;

    const model = await fitModel(two.schema, [two], { steps: 1 });

    expect(model.manifest.training.rows).toBe(2);
  });

  it('should refuse too few rows, unknown columns and options that cannot be used', async () => {
    const one = cutAt(all, [1])[0] as RecordBatch;
    const fitWith = (batch: RecordBatch, options: object) =>
      fitModel(batch.schema, [batch], options);

    await expect(fitWith(one, {})).rejects.toThrow(DataError);
    await expect(fitWith(all, { columns: { specie: {} } })).rejects.toThrow(SchemaError);
    await expect(fitWith(all, { columns: { specie: {} } })).rejects.toThrow(/'specie'.*'species'/s);
    await expect(fitWith(all, { steps: 1.5 })).rejects.toThrow(InvalidOptionError);
    await expect(fitWith(all, { engine: 'abacus' })).rejects.toThrow(/engine must be one of/);
  });

  it('should refuse a table in which nothing can be learned, naming its columns', async () => {
    const table = new Table({ a: vectorFromArray([1, 1, 1], new Int32()) });
    const constant = table.batches[0] as RecordBatch;

    const fitting = fitModel(constant.schema, [constant]);

    await expect(fitting).rejects.toThrow(/no column can be learned: a/);
    expect(constant.schema).toBeInstanceOf(Schema);
  });

  it('should stop when aborted', async () => {
    const reason = new Error('enough');

    const fitting = fitModel(all.schema, [all], { signal: AbortSignal.abort(reason) });

    await expect(fitting).rejects.toBe(reason);
  });
});
