import { from, lastValueFrom, Subject, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { fromRows } from '../../../src/augment/stream/sources.js';
import { toRows } from '../../../src/augment/stream/to-rows.js';

const rows = Array.from({ length: 25 }, (_, n) => ({ n, text: `row ${n}` }));

describe('fromRows and toRows', () => {
  it.each([
    ['an array', () => rows],
    ['an iterable', () => new Set(rows)],
    ['an Observable', () => from(rows)],
  ])('should go from %s to rows and back, each time anew', async (_, sourceOf) => {
    const stream = fromRows(sourceOf(), { batchRows: 10, sample: 5 });

    for (let time = 0; time < 2; time++) {
      expect(await lastValueFrom(stream.pipe(toRows(), toArray()))).toEqual(rows);
    }
    expect((await lastValueFrom(stream.pipe(toArray()))).map(({ numRows }) => numRows)).toEqual([
      10, 10, 5,
    ]);
  });

  it('should give what an Observable pushes before it ends', async () => {
    const subject = new Subject<object>();
    const all = lastValueFrom(
      fromRows(subject, { sample: 1, batchRows: 1 }).pipe(toRows(), take(2), toArray()),
    );

    for (const n of [1, 2, 3]) subject.next({ n });

    expect(await all).toEqual([{ n: 1 }, { n: 2 }]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(subject.observed).toBe(false);
  });

  it('should pass on errors, and close the source when nobody listens any more', async () => {
    const failing = fromRows(
      (async function* () {
        yield { n: 1 };
        throw new Error('broken');
      })(),
    );
    let closed = false;
    const endless = (async function* () {
      try {
        for (let n = 0; ; n++) yield { n };
      } finally {
        closed = true;
      }
    })();

    await expect(lastValueFrom(failing.pipe(toRows()))).rejects.toThrow('broken');
    await lastValueFrom(fromRows(endless, { sample: 4, batchRows: 4 }).pipe(toRows(), take(6)));
    await new Promise((resolve) => setImmediate(resolve));

    expect(closed).toBe(true);
  });
});
