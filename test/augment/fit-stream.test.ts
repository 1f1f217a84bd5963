import type { RecordBatch } from 'apache-arrow';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { AugmentEvent } from '../../src/augment/events.js';
import { fitStream } from '../../src/augment/fit-stream.js';
import { InvalidOptionError, SchemaError } from '../../src/errors.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import { asyncFrom } from '../data/support/arbitrary-batches.js';
import { cutAt, penguins } from './penguins.js';

const quick = { steps: 2, seed: 6, thread: 'caller' } as const;

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

    const model = await fitStream(source, { rows: 200, ...quick });

    const first = cutAt(all, [200])[0] as RecordBatch;
    const expected = await fitModel(first.schema, [first], quick);
    expect(model.manifest.training.rows).toBe(200);
    expect(model.id).toBe(expected.id);
    expect(closed).toHaveBeenCalledOnce();
  });

  it('should train on rows of all of a source that can be read again, and say how many', async () => {
    const source = cutAt(all, [150, 250]);
    const events: AugmentEvent[] = [];
    const options = { rows: 200, ...quick };

    const model = await fitStream(source, { ...options, progress: (event) => events.push(event) });

    const first = await fitStream(asyncFrom(source), { ...options, progress: false });
    expect(model.manifest.training.rows).toBe(200);
    expect(model.id).not.toBe(first.id);
    expect((await fitStream(source, { ...options, sample: 'first' })).id).toBe(first.id);
    expect(events.find(({ type }) => type === 'rows-learned')).toEqual({
      type: 'rows-learned',
      sample: 'even',
      rows: 200,
      of: 344,
    });
  });

  it('should say of a stream that only its first rows are read', async () => {
    const events: AugmentEvent[] = [];

    await fitStream(asyncFrom(cutAt(all, [150, 250])), {
      ...{ rows: 200, ...quick },
      progress: (event) => events.push(event),
    });

    expect(events[0]).toEqual({ type: 'rows-learned', sample: 'first', rows: 200 });
  });

  it('should refuse to draw from all of a stream that comes once', async () => {
    const fit = fitStream(asyncFrom([all]), { sample: 'even' });

    await expect(fit).rejects.toThrow(/fit.sample 'even' needs a source that can be read again/);
  });

  it('should refuse a stream without batches, and options that cannot be used', async () => {
    await expect(fitStream(asyncFrom([]))).rejects.toThrow(SchemaError);
    await expect(fitStream(asyncFrom([all]), { rows: 0 })).rejects.toThrow(InvalidOptionError);
  });
});
