import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../../src/compute/compile.js';
import { mapEntries, sizeOf } from '../../../../../src/compute/tensor.js';
import {
  createHistory,
  exchange,
  fillHistory,
  historyInputs,
} from '../../../../../src/gan/families/translation/domains/history.js';
import { createRandom } from '../../../../../src/random.js';

const [size, batch] = [3, 2];

/** Runs images, numbered from 1, through a history; gives those that the critic sees. */
async function seenAfter(steps: number, seed: number): Promise<number[]> {
  const inputs = {
    ...historyInputs('past', size, batch),
    images: { shape: [batch, 1], dtype: 'float32', source: 'data' },
  } as const;
  const program = await compile({
    state: { history: createHistory(size, [1]) },
    inputs,
    step(state, fed) {
      const made = exchange(
        state.history as Tensor2D,
        fed.images as Tensor,
        fed.pastSlot as Tensor2D,
        fed.pastSwap as Tensor2D,
      );
      return { state: { history: made.history }, outputs: { seen: made.seen } };
    },
  });
  const feed = mapEntries(inputs, ({ shape }) => new Float32Array(sizeOf(shape)));
  const all: number[] = [];
  for (let step = 0; step < steps; step++) {
    fillHistory(feed, 'past', { size, batch, step, random: createRandom(seed).fork(step) });
    (feed.images as Float32Array).set([2 * step + 1, 2 * step + 2]);
    all.push(...((await program.run(feed)).seen?.values ?? []));
  }
  await program.dispose();
  return all;
}

describe('a history of images', () => {
  it('should show each image at most once, none before it was made, and some of them late', async () => {
    let late = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(99), async (seed) => {
        const seen = await seenAfter(10, seed);

        expect(seen.slice(0, size)).toEqual([1, 2, 3]);
        expect(seen.every((image, k) => image >= 1 && image <= k + 1)).toBe(true);
        const later = seen.slice(size);
        expect(new Set(later).size).toBe(later.length);
        late += later.filter((image, k) => image < size + k + 1).length;
      }),
      { numRuns: 4 },
    );
    expect(late).toBeGreaterThan(8);
  });
});
