import { type RecordBatch, Table, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreeingChunks } from '../../../src/augment/agree/agreeing-chunks.js';
import type { Chunks } from '../../../src/gan/sampling/chunks.js';
import { createRandom } from '../../../src/random.js';

const rowsOfChunk = 16;

/** Chunks of numbered rows, whose labels are drawn by these shares. */
function chunksOf(shares: Readonly<Record<string, number>>): Chunks {
  const random = createRandom(1);
  let next = 0;
  const draw = () => (random.uniform() < (shares.b ?? 0) ? 'b' : 'a');
  return {
    async next() {
      const numbers = Int32Array.from({ length: rowsOfChunk }, () => next++);
      const labels = Array.from({ length: rowsOfChunk }, draw);
      const table = new Table({ n: vectorFromArray(numbers), label: vectorFromArray(labels) });
      return table.batches[0] as RecordBatch;
    },
    dispose: async () => {},
  };
}

/** The first rows that come out. */
async function take(chunks: Chunks, rows: number) {
  const out: { n: number; label: string }[] = [];
  while (out.length < rows) {
    const batch = await chunks.next();
    const [numbers, labels] = [batch.getChild('n'), batch.getChild('label')];
    for (let row = 0; row < batch.numRows; row++) {
      out.push({ n: numbers?.get(row), label: labels?.get(row) });
    }
  }
  return out.slice(0, rows);
}

const count = () => ({ seen: 0, disagreed: 0, unfiltered: [] as string[] });

describe('agreeingChunks', () => {
  it('should keep the order of the classes, with rows that are agreed with alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 9 }), async (every) => {
        const agrees = (batch: RecordBatch) =>
          Uint8Array.from(batch.getChild('n') ?? [], (n) => +(n % every === 0));
        const shares = { a: 0.8, b: 0.2 };
        const all = await take(chunksOf(shares), 200);

        const kept = await take(agreeingChunks(chunksOf(shares), agrees, 'label', count()), 200);

        expect(kept.map(({ label }) => label)).toEqual(all.map(({ label }) => label));
        expect(kept.every(({ n }) => n % every === 0)).toBe(true);
        expect(new Set(kept.map(({ n }) => n)).size).toBe(200);
      }),
      { numRuns: 10 },
    );
  });

  it('should change nothing where all rows are agreed with', async () => {
    const agrees = (batch: RecordBatch) => new Uint8Array(batch.numRows).fill(1);

    const kept = await take(agreeingChunks(chunksOf({ a: 1 }), agrees, 'label', count()), 100);

    expect(kept).toEqual(await take(chunksOf({ a: 1 }), 100));
  });

  it('should let rows of a class out as they are where none is agreed with for long', async () => {
    const own = count();
    const agrees = (batch: RecordBatch) =>
      Uint8Array.from(batch.getChild('label') ?? [], (label) => +(label === 'a'));

    const kept = await take(
      agreeingChunks(chunksOf({ a: 0.9, b: 0.1 }), agrees, 'label', own),
      300,
    );

    expect(own.unfiltered).toEqual(['b']);
    expect(own.disagreed).toBeGreaterThan(0);
    expect(own.seen).toBeGreaterThan(own.disagreed);
    const share = kept.filter(({ label }) => label === 'b').length / kept.length;
    expect(share).toBeGreaterThan(0.05);
  });
});
