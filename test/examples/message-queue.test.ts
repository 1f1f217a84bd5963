import { beforeAll, describe, expect, it } from 'vitest';
import {
  augmentQueue,
  type Published,
  queueOf,
  type Reading,
  readingSchema,
  readings,
} from '../../examples/message-queue.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import type { Model } from '../../src/gan/model/model.js';
import { collect } from '../data/support/arbitrary-batches.js';

const records = Array.from(
  { length: 1200 },
  (_, k): Reading => ({ sensor: `s${k % 3}`, value: k / 7 }),
);
let model: Model;

beforeAll(async () => {
  const batches = await collect(readings(queueOf(records).consumer));
  model = await fitModel(readingSchema, batches, { steps: 2, thread: 'caller' });
});

describe('examples/message-queue', () => {
  it('should publish all records, with synthetic ones among them, and commit them', async () => {
    const { consumer, state } = queueOf(records);
    const published: Published[] = [];

    await augmentQueue(consumer, async (rows) => void published.push(...rows), {
      ratio: 0.5,
      model,
    });

    const real = published.filter(({ synthetic }) => !synthetic);
    expect(real.map(({ sensor, value }) => ({ sensor, value }))).toEqual(records);
    expect(published).toHaveLength(2400);
    expect(state.committed).toBe(1200);
  });

  it('should poll no more than what is published, and commit nothing that is not', async () => {
    const { consumer, state } = queueOf(records);
    const seen: { real: number; polled: number; committed: number }[] = [];
    let real = 0;

    await augmentQueue(
      consumer,
      async (rows) => {
        real += rows.filter(({ synthetic }) => !synthetic).length;
        seen.push({ real, polled: state.polled, committed: state.committed });
      },
      { ratio: 0.5, model },
    );

    expect(seen).toEqual([
      { real: 500, polled: 500, committed: 0 },
      { real: 1000, polled: 1000, committed: 500 },
      { real: 1200, polled: 1200, committed: 1000 },
    ]);
  });

  it('should commit nothing that is held while a model is trained', async () => {
    const { consumer, state } = queueOf(records);
    const seen: { polled: number; committed: number }[] = [];
    const fit = { rows: 1000, steps: 1, thread: 'caller' } as const;

    await augmentQueue(
      consumer,
      async () => {
        seen.push({ ...state });
      },
      { ratio: 0.5, fit },
    );

    expect(seen).toEqual([
      { polled: 1000, committed: 0 },
      { polled: 1000, committed: 500 },
      { polled: 1200, committed: 1000 },
    ]);
    expect(state.committed).toBe(1200);
  });

  it('should lose no record where publishing fails: what was not published is not committed', async () => {
    const { consumer, state } = queueOf(records);
    let published = 0;
    const publish = async (rows: readonly unknown[]) => {
      if (published > 0) throw new Error('broker is gone');
      published = rows.length;
    };

    const augmenting = augmentQueue(consumer, publish, { ratio: 0.5, model });

    await expect(augmenting).rejects.toThrow('broker is gone');
    expect(state.committed).toBe(500);
  });
});
