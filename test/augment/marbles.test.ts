import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordBatch } from 'apache-arrow';
import {
  defer,
  lastValueFrom,
  merge,
  of,
  repeat,
  retry,
  share,
  take,
  throwError,
  toArray,
} from 'rxjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ganAugment } from '../../src/augment/gan-augment.js';
import type { Model } from '../../src/gan/model/model.js';
import { exactRows } from '../data/support/exact.js';
import { cutAt, hastyModel, penguins } from './penguins.js';
import { play } from './support/marbles.js';

let all: RecordBatch;
let model: Model;
let values: Record<string, RecordBatch>;
const unhandled = vi.fn();

beforeAll(async () => {
  process.on('unhandledRejection', unhandled);
  all = await penguins();
  model = await hastyModel(all);
  const [a, b, one, none] = cutAt(all, [100, 150, 151, 151]);
  values = { a, b, o: one, n: none } as Record<string, RecordBatch>;
});
afterAll(async () => {
  await sleep(20);
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

const augment = () => ganAugment({ ratio: 0.3, model });
const rowsOf = (batches: readonly RecordBatch[]) => batches.map(({ numRows }) => numRows);

describe('ganAugment with a loaded model, in marbles', () => {
  it.each([
    ['never', '---', '---', []],
    ['empty', '|', '|', []],
    ['one batch', 'a|', 'x|', [142]],
    ['a batch and its end at once', '(a|)', '(x|)', [142]],
    ['one row', 'o-|', 'x-|', [1]],
    ['a batch without rows', 'n|', 'x|', [0]],
    ['batches without rows among others', 'nan|', 'xxx|', [0, 142, 0]],
    ['a slow source', 'a--b-|', 'x--x-|', [142, 72]],
    ['a burst', '(abonab)-|', '(xxxxxx)-|', [142, 72, 1, 0, 143, 72]],
    ['an error at first', '#', '#', []],
    ['an error after a batch', 'a-#', 'x-#', [142]],
    ['an error right behind a batch', '(a#)', '(x#)', [142]],
    ['unsubscribing before anything', '!-a-', '----', []],
    ['unsubscribing between batches', 'a-!b-|', 'x-----', [142]],
    ['unsubscribing while a batch is mixed', '(a!)b|', '---', []],
  ])('should answer %s: %s with %s', async (_, source, expected, rows) => {
    const failure = new Error('disk on fire');

    const played = await play(source, expected, values, augment(), failure);

    expect(played.marbles).toBe(expected);
    expect(rowsOf(played.values)).toEqual(rows);
    expect(played.error).toBe(expected.includes('#') ? failure : undefined);
    expect(played.released).toBe(played.subscribed);
    expect(played.subscribed).toBeLessThanOrEqual(1);
  });

  it('should end with take, and let go of the source', async () => {
    const played = await play('ab(ab)', 'x(x|)-', values, (source) =>
      source.pipe(augment(), take(2)),
    );

    expect(played.marbles).toBe('x(x|)-');
    expect(played.released).toBe(1);
  });

  it('should subscribe once under share, and once for each stream under merge', async () => {
    const shared = await play('ab|', '(xx)(xx)|', values, (source) => {
      const one = source.pipe(augment(), share());
      return merge(one, one);
    });
    const merged = await play('ab|', '(xx)(xx)|', values, (source) =>
      merge(source.pipe(augment()), source.pipe(augment())),
    );

    expect(shared.marbles).toBe('(xx)(xx)|');
    expect([shared.subscribed, merged.subscribed]).toEqual([1, 2]);
    expect(exactRows(merged.values)).toEqual(exactRows(shared.values));
  });

  it('should start afresh, to the same rows, when subscribed to again', async () => {
    const { a, b } = values as Record<'a' | 'b', RecordBatch>;

    const out = await lastValueFrom(of(a, b).pipe(augment(), repeat(2), toArray()));

    expect(exactRows(out.slice(2))).toEqual(exactRows(out.slice(0, 2)));
  });

  it('should work again after a source that failed at first', async () => {
    const { a } = values as Record<'a', RecordBatch>;
    let attempts = 0;
    const source = defer(() => (attempts++ === 0 ? throwError(() => new Error('once')) : of(a)));

    const out = await lastValueFrom(source.pipe(augment(), retry(1), toArray()));

    expect([attempts, ...rowsOf(out)]).toEqual([2, 142]);
  });
});
