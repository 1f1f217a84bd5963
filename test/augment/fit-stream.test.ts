import type { RecordBatch } from 'apache-arrow';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fitStream } from '../../src/augment/fit-stream.js';
import { InvalidOptionError, SchemaError } from '../../src/errors.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import { asyncFrom } from '../data/support/arbitrary-batches.js';
import { cutAt, penguins } from './penguins.js';

let all: RecordBatch;

beforeAll(async () => {
  all = await penguins();
});

describe('fitStream', () => {
  it('should train on exactly the first rows, and close the source', async () => {
    const closed = vi.fn();
    const source = (async function* () {
      try {
        for (const batch of cutAt(all, [150, 250])) yield batch;
      } finally {
        closed();
      }
    })();

    const model = await fitStream(source, { rows: 200, steps: 2, seed: 6 });

    const first = cutAt(all, [200])[0] as RecordBatch;
    const expected = await fitModel(first.schema, [first], { steps: 2, seed: 6 });
    expect(model.manifest.training.rows).toBe(200);
    expect(model.id).toBe(expected.id);
    expect(closed).toHaveBeenCalledOnce();
  });

  it('should refuse a stream without batches, and options that cannot be used', async () => {
    await expect(fitStream(asyncFrom([]))).rejects.toThrow(SchemaError);
    await expect(fitStream(asyncFrom([all]), { rows: 0 })).rejects.toThrow(InvalidOptionError);
  });
});
