import {
  Dictionary,
  Int32,
  type RecordBatch,
  Schema,
  Table,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { DataError, InvalidOptionError, SchemaError } from '../../../src/errors.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import { modelFiles } from '../../../src/gan/model/files.js';
import { cutAt, penguins } from '../../augment/penguins.js';
import { caseCount } from '../../support/cases.js';
import { secrets, secretsIn } from '../secrets.js';

/** Threads have tests of their own, and take longer to start than such a training. */
const here = { thread: 'caller' } as const;

let all: RecordBatch;

beforeAll(async () => {
  all = await penguins();
});

/** Whether a value's text or bytes are among a file's. */
function holds(file: Buffer, value: number | bigint | string): boolean {
  const raw = Buffer.alloc(8);
  if (typeof value === 'number') raw.writeDoubleLE(value);
  if (typeof value === 'bigint') raw.writeBigInt64LE(value);
  return file.includes(String(value)) || (typeof value !== 'string' && file.includes(raw));
}

describe('fitModel', () => {
  it('should give the same model for the same seed and rows, however they are cut', async () => {
    const fitWith = (places: number[], seed: number) =>
      fitModel(all.schema, cutAt(all, places), { seed, steps: 3, ...here });

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
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 10, max: 200 }), async (seed, rows) => {
        const batch = secrets(rows, seed);

        const model = await fitModel(batch.schema, [batch], { steps: 1, ...here });

        const files = Object.values(modelFiles(model)).map((bytes) => Buffer.from(bytes));
        // The fifth smallest and largest number are bounds, which the README says a model holds.
        for (const value of secretsIn(batch, 5)) {
          expect(files.some((file) => holds(file, value))).toBe(false);
        }
      }),
      { numRuns: caseCount(3, 24) },
    );
  });

  it('should give the same model for equal data with dictionaries of their own', async () => {
    const words = Array.from({ length: 60 }, (_, k) => `word ${k % 4}`);
    const batch = () => {
      const type = new Dictionary(new Utf8(), new Int32());
      return new Table({ word: vectorFromArray(words, type) }).batches[0] as RecordBatch;
    };

    const [one, other] = [batch(), batch()];
    const models = [
      await fitModel(one.schema, [one], { steps: 1, ...here }),
      await fitModel(other.schema, [other], { steps: 1, ...here }),
    ];
    expect(models[1]?.id).toBe(models[0]?.id);
  });

  it('should keep the metadata of the data out of the model', async () => {
    const metadata = new Map([['owner', 'a secret']]);
    const schema = new Schema(all.schema.fields, metadata);

    const model = await fitModel(schema, [all], { steps: 1, ...here });

    expect(model.schema.metadata.size).toBe(0);
    expect(Buffer.from(model.manifest.schema, 'base64').includes('a secret')).toBe(false);
  });

  it('should report each step', async () => {
    const seen: number[] = [];

    await fitModel(all.schema, [all], {
      steps: 3,
      onStep: ({ step, steps, losses }) => {
        expect(steps).toBe(3);
        expect(Object.keys(losses)).toEqual(['critic', 'generator']);
        seen.push(step);
      },
    });

    expect(seen).toEqual([1, 2, 3]);
  });

  it('should learn a table of two rows', async () => {
    const two = cutAt(all, [2])[0] as RecordBatch;

    const model = await fitModel(two.schema, [two], { steps: 1, ...here });

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
    await expect(fitWith(all, { thread: 'main' })).rejects.toThrow(
      /thread must be 'worker' or 'caller': 'main'/,
    );
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
