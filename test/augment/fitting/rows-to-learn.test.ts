import { describe, expect, it } from 'vitest';
import { augmentWith } from '../../../src/augment/augment-batches.js';
import type { AugmentEvent } from '../../../src/augment/events.js';
import type { AugmentOptions } from '../../../src/augment/options/augment-options.js';
import type { BatchSource } from '../../../src/data/batches/batch-source.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import {
  batchOf,
  numberedBatches,
  numberedModel,
  numberedTools,
  numbersOf,
} from '../support/numbered.js';

/** Augments, and gives the rows that were trained on, what came out, and the events of rows. */
async function augment(source: BatchSource, options: Partial<AugmentOptions>) {
  const events: AugmentEvent[] = [];
  const { tools } = numberedTools();
  let learned: number[] = [];
  const summary = [{ name: 'n', edges: [10, 20], shares: [0.4, 0.4, 0.2, 0] }];
  const dependencies = {
    ...tools,
    fit: async (_: unknown, batches: Parameters<typeof numbersOf>[0]) => {
      learned = numbersOf(batches);
      return numberedModel(undefined, summary);
    },
  };
  const out = await collect(
    augmentWith(dependencies as typeof tools, source, {
      ratio: 0.1,
      progress: (event) => events.push(event),
      ...options,
    }),
  );
  const told = events.filter(({ type }) => type === 'rows-learned');
  return { learned, real: numbersOf(out).filter((row) => row >= 0), told };
}

const counting = (rows: number) => Array.from({ length: rows }, (_, row) => row);

describe('rows that are learned', () => {
  it('should be spread over all of a source that can be read again', async () => {
    const batches = numberedBatches([30, 1, 69]);

    const { learned, real, told } = await augment(batches, { fit: { rows: 20 }, seed: 3 });

    expect(learned.map((row) => Math.floor(row / 5))).toEqual(counting(20));
    expect(real).toEqual(counting(100));
    expect(told).toEqual([{ type: 'rows-learned', sample: 'even', rows: 20, of: 100 }]);
  });

  it('should be the same however the rows lie in batches', async () => {
    const fit = { rows: 20 };

    const [one, many] = [
      await augment(numberedBatches([100]), { fit, seed: 3 }),
      await augment(numberedBatches([7, 40, 0, 53]), { fit, seed: 3 }),
    ];

    expect(many.learned).toEqual(one.learned);
  });

  it('should be all of a source that has no more, without a word', async () => {
    const { learned, told } = await augment(numberedBatches([15, 5]), { fit: { rows: 20 } });

    expect(learned).toEqual(counting(20));
    expect(told).toEqual([]);
  });

  it('should be spread over all of it where rows pass meanwhile', async () => {
    const { learned } = await augment(numberedBatches([30, 30, 40]), {
      fit: { rows: 20, during: 'pass' },
    });

    expect(learned.map((row) => Math.floor(row / 5))).toEqual(counting(20));
  });

  it('should be the first of a stream, which says at its end how far the others are from them', async () => {
    const stream = asyncFrom(numberedBatches([30, 1, 69]));

    const { learned, told } = await augment(stream, { fit: { rows: 25 } });

    expect(learned).toEqual(counting(25));
    expect(told).toEqual([
      {
        type: 'rows-learned',
        sample: 'first',
        rows: 25,
        of: 100,
        drifted: [{ name: 'n', index: expect.any(Number), gap: expect.closeTo(0.8) }],
      },
    ]);
  });

  it('should say so of a file too, if the first are asked for', async () => {
    const like = [batchOf(counting(25)), batchOf(counting(25))];

    const { learned, told } = await augment(like, { fit: { rows: 25, sample: 'first' } });

    expect(learned).toEqual(counting(25));
    expect(told).toMatchObject([{ sample: 'first', rows: 25, of: 50, drifted: [] }]);
  });

  it('should be refused if they are to be of a stream that comes once', async () => {
    const stream = asyncFrom(numberedBatches([30]));

    const augmented = augment(stream, { fit: { rows: 25, sample: 'even' } });

    await expect(augmented).rejects.toThrow(
      /fit.sample 'even' needs a source that can be read again/,
    );
  });
});
