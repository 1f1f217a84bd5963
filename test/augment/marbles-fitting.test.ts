import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordBatch } from 'apache-arrow';
import { lastValueFrom, merge, of, repeat, share, take, toArray } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AugmentEvent } from '../../src/augment/events.js';
import { ganAugment } from '../../src/augment/gan-augment.js';
import { exactRows } from '../data/support/exact.js';
import { cutAt, penguins } from './penguins.js';
import { play } from './support/marbles.js';

let values: Record<string, RecordBatch>;
const unhandled = vi.fn();

beforeAll(async () => {
  process.on('unhandledRejection', unhandled);
  const all = await penguins();
  const [a, b, one, none] = cutAt(all, [100, 150, 151, 151]);
  values = { a, b, o: one, n: none } as Record<string, RecordBatch>;
});
afterAll(async () => {
  await sleep(20);
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

/** Trains on the first 120 rows, for a step. */
function augment() {
  const fits: string[] = [];
  const progress = ({ type }: AugmentEvent) => {
    if (type === 'fit-started' || type === 'fit-stopped') fits.push(type);
  };
  const fit = { rows: 120, steps: 1, thread: 'caller' } as const;
  return { fits, operator: ganAugment({ ratio: 0.3, fit, progress }) };
}
const rowsOf = (batches: readonly RecordBatch[]) => batches.map(({ numRows }) => numRows);

describe('ganAugment with a model that it trains, in marbles', () => {
  it.each([
    ['never', '---', '---', [], 0],
    ['empty', '|', '|', [], 0],
    ['one batch, that ends before there are rows enough', 'a-|', '--(x|)', [142], 1],
    ['one row, that owes none', 'o|', '-(x|)', [1], 0],
    ['a batch without rows', 'n|', '-(x|)', [0], 0],
    ['batches without rows among others', 'nanb|', '---(xxx)|', [0, 142, 72], 1],
    ['a slow source', 'a--b--b-|', '---(xx)--x-|', [142, 72, 71], 1],
    ['a burst', '(abonab)-|', '(xxxxxx)-|', [142, 72, 1, 0, 143, 72], 1],
    ['an error before there are rows enough', 'a-#', '--#', [], 0],
    ['an error while it trains', '(ab#)', '(xx#)', [142, 72], 1],
    ['an error after it has trained', 'ab-#', '-(xx)-#', [142, 72], 1],
    ['unsubscribing before anything', '!-a-', '----', [], 0],
    ['unsubscribing while rows are held', 'a-!b-|', '------', [], 0],
    ['unsubscribing as soon as there are', '(ab!)b|', '---', [], 0],
    ['unsubscribing after it has trained', 'ab-!b|', '-(xx)----', [142, 72], 1],
  ])('should answer %s: %s with %s', async (_, source, expected, rows, fits) => {
    const failure = new Error('disk on fire');
    const { fits: told, operator } = augment();

    const played = await play(source, expected, values, operator, failure);

    expect(played.marbles).toBe(expected);
    expect(rowsOf(played.values)).toEqual(rows);
    expect(played.error).toBe(expected.includes('#') ? failure : undefined);
    expect(played.released).toBe(played.subscribed);
    expect(told.filter((type) => type === 'fit-stopped')).toHaveLength(fits);
  });

  it('should end with take, and let go of the source', async () => {
    const { operator } = augment();

    const played = await play('ab(ab)', '-(xx|)-', values, (source) =>
      source.pipe(operator, take(2)),
    );

    expect(played.marbles).toBe('-(xx|)-');
    expect(played.released).toBe(1);
  });

  it('should train once under share, and once for each stream under merge, to the same rows', async () => {
    const [one, two] = [augment(), augment()];

    const shared = await play('(ab)|', '(xxxx)|', values, (source) => {
      const augmented = source.pipe(one.operator, share());
      return merge(augmented, augmented);
    });
    const merged = await play('(ab)|', '(xxxx)|', values, (source) =>
      merge(source.pipe(two.operator), source.pipe(two.operator)),
    );

    const trained = [one, two].map(({ fits }) => fits.filter((type) => type === 'fit-started'));
    expect(trained.map(({ length }) => length)).toEqual([1, 2]);
    const sorted = (rows: unknown[][]) => rows.map((row) => JSON.stringify(row)).sort();
    expect(sorted(exactRows(merged.values))).toEqual(sorted(exactRows(shared.values)));
  });

  it('should train afresh, to the same rows, when subscribed to again', async () => {
    const { fits, operator } = augment();
    const { a, b } = values as Record<'a' | 'b', RecordBatch>;

    const out = await lastValueFrom(of(a, b).pipe(operator, repeat(2), toArray()));

    expect(fits.filter((type) => type === 'fit-started')).toHaveLength(2);
    expect(exactRows(out.slice(2))).toEqual(exactRows(out.slice(0, 2)));
  });
});
