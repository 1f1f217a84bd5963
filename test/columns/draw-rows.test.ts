import { Field, Int32, makeData, type RecordBatch, Schema, Table } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawRows } from '../../src/columns/draw-rows.js';
import { makeBatch } from '../../src/data/batches/batch.js';
import { createRandom } from '../../src/random.js';

const schema = new Schema([new Field('row', new Int32(), false)]);

/** Numbered rows in batches of such sizes. */
function numbered(sizes: readonly number[]): RecordBatch[] {
  let next = 0;
  return sizes.map((size) => {
    const data = Int32Array.from({ length: size }, () => next++);
    return makeBatch(schema, [makeData({ type: new Int32(), data })], size);
  });
}

const rowsIn = (batches: readonly RecordBatch[]) =>
  batches.flatMap((batch) => [...(batch.getChild('row') ?? [])] as number[]);

const draw = (source: Parameters<typeof drawRows>[0], limit: number, seed = 1) =>
  drawRows(source, limit, createRandom(seed), 'real');

describe('drawRows', () => {
  it('should draw distinct rows in their order, as many as it may, whatever the batches', async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 30 }), async (cut, limit) => {
        const total = cut.reduce((sum, size) => sum + size, 0);

        const drawn = await draw(numbered(cut), limit);
        const whole = await draw(numbered([total]), limit);

        const rows = rowsIn(drawn.batches);
        expect(drawn.total).toBe(total);
        expect(rows.length).toBe(Math.min(limit, total));
        expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
        expect(rowsIn(whole.batches)).toEqual(rows);
      }),
    );
  });

  it('should draw each row as often as any other', async () => {
    const counts = new Array(20).fill(0);

    for (let seed = 0; seed < 400; seed++) {
      const { batches } = await draw(numbered([7, 7, 6]), 5, seed);
      for (const row of rowsIn(batches)) counts[row]++;
    }

    // 100 each, with a standard deviation of 8.7.
    expect(Math.max(...counts)).toBeLessThan(140);
    expect(Math.min(...counts)).toBeGreaterThan(60);
  });

  it('should take a table, and batches that come one after the other', async () => {
    const batches = numbered([3, 2]);
    async function* source() {
      yield* batches;
    }

    const [table, stream] = [await draw(new Table(batches), 4), await draw(source(), 4)];

    expect(rowsIn(table.batches)).toEqual(rowsIn(stream.batches));
    expect(table.total).toBe(5);
  });
});
