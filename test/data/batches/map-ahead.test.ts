import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapAhead } from '../../../src/data/batches/map-ahead.js';

/** Numbers up to `count`, and whether they are let go of. */
function numbers(count: number, failing = false) {
  const state = { taken: 0, closed: false };
  async function* source() {
    try {
      for (; state.taken < count; ) yield state.taken++;
      if (failing) throw new Error('the source failed');
    } finally {
      state.closed = true;
    }
  }
  return { source: source(), state };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('mapAhead', () => {
  it('should give results in order, with no more in the making than asked for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 20 }), fc.nat({ max: 4 }), async (count, ahead) => {
        const { source, state } = numbers(count);
        const results: number[] = [];
        let most = 0;

        for await (const result of mapAhead(source, ahead, async (item) => {
          for (let turn = 0; turn < item % 3; turn++) await soon();
          return item;
        })) {
          most = Math.max(most, state.taken - results.length);
          results.push(result);
        }

        expect(results).toEqual(Array.from({ length: count }, (_, k) => k));
        expect(most).toBeLessThanOrEqual(ahead + 1);
      }),
      { numRuns: 30 },
    );
  });

  it('should take items that are there at once, too', async () => {
    const results: number[] = [];

    for await (const result of mapAhead([1, 2, 3], 1, async (item) => 2 * item)) {
      results.push(result);
    }

    expect(results).toEqual([2, 4, 6]);
  });

  it.each(['the source', 'the work'])(
    'should fail after what came before, where %s does',
    async (what) => {
      const { source } = numbers(3, what === 'the source');
      const results: number[] = [];

      const reading = (async () => {
        for await (const result of mapAhead(source, 5, async (item) => {
          if (what === 'the work' && item === 2) throw new Error('the work failed');
          return item;
        })) {
          results.push(result);
        }
      })();

      await expect(reading).rejects.toThrow(`${what} failed`);
      expect(results).toEqual(what === 'the source' ? [0, 1, 2] : [0, 1]);
    },
  );

  it('should close the source when it is left', async () => {
    const { source, state } = numbers(10);

    for await (const _ of mapAhead(source, 2, async (item) => item)) break;

    expect(state.closed).toBe(true);
  });
});
