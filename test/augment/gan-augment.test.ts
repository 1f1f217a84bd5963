import type { RecordBatch } from 'apache-arrow';
import {
  concatMap,
  EMPTY,
  firstValueFrom,
  lastValueFrom,
  merge,
  Observable,
  of,
  Subject,
  share,
  take,
  throwError,
  timer,
  toArray,
} from 'rxjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ganAugment } from '../../src/augment/gan-augment.js';
import { fromBatches } from '../../src/augment/stream/sources.js';
import { InvalidOptionError } from '../../src/errors.js';
import type { Model } from '../../src/gan/model/model.js';
import { exactRows } from '../data/support/exact.js';
import { eventually } from '../support/eventually.js';
import { cutAt, hastyModel, penguins } from './penguins.js';

let all: RecordBatch;
let batches: RecordBatch[];
let model: Model;
const unhandled = vi.fn();

beforeAll(async () => {
  all = await penguins();
  batches = cutAt(all, [100, 200]);
  model = await hastyModel(all);
});
beforeEach(() => {
  unhandled.mockClear();
  process.on('unhandledRejection', unhandled);
});
afterEach(async () => {
  await settle();
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

/** Lets everything that is ready run. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 50));
const run = (source: Observable<RecordBatch>, options = {}) =>
  lastValueFrom(source.pipe(ganAugment({ ratio: 0.3, model, ...options }), toArray()));
const rowsOf = (out: readonly RecordBatch[]) => out.reduce((sum, { numRows }) => sum + numRows, 0);

describe('ganAugment', () => {
  it('should mix synthetic rows into what a plain Observable pushes', async () => {
    const out = await run(of(...batches));

    expect(out).toHaveLength(3);
    expect(rowsOf(out)).toBe(344 + 147);
  });

  it('should give the same rows pushed and pulled, and again when subscribed again', async () => {
    const pulled = fromBatches(batches).pipe(ganAugment({ ratio: 0.3, model }));

    const [pushed, first, second] = [
      await run(of(...batches)),
      await lastValueFrom(pulled.pipe(toArray())),
      await lastValueFrom(pulled.pipe(toArray())),
    ];

    expect(exactRows(first)).toEqual(exactRows(pushed));
    expect(exactRows(second)).toEqual(exactRows(first));
  });

  it('should complete for an empty source', async () => {
    expect(await run(EMPTY)).toEqual([]);
  });

  it('should not emit, complete or fail for a source that never does, and let go of it', async () => {
    const [next, end] = [vi.fn(), vi.fn()];
    const released = vi.fn();
    const source = new Observable<RecordBatch>(() => released);

    const subscription = source
      .pipe(ganAugment({ ratio: 0.3, model }))
      .subscribe({ next, error: end, complete: end });
    await settle();
    expect(released).not.toHaveBeenCalled();
    subscription.unsubscribe();
    await settle();

    expect(next).not.toHaveBeenCalled();
    expect(end).not.toHaveBeenCalled();
    expect(released).toHaveBeenCalledOnce();
  });

  it('should do nothing before it is subscribed to', async () => {
    const subscribed = vi.fn();
    const source = new Observable<RecordBatch>(subscribed);

    source.pipe(ganAugment({ ratio: 0.3, model }));
    await settle();

    expect(subscribed).not.toHaveBeenCalled();
  });

  it('should throw at once for options that cannot be used', () => {
    expect(() => ganAugment({ ratio: 1 })).toThrow(InvalidOptionError);
    expect(() => ganAugment(undefined as never)).toThrow(/ratio must be/);
    expect(() => ganAugment({ ratio: 0.3, model, fit: {} })).toThrow(/exclude each other/);
  });

  it.each(['before', 'after'] as const)(
    "should pass on the source's error, %s a batch, and what came until then",
    async (when) => {
      const failure = new Error('disk on fire');
      const source =
        when === 'before'
          ? throwError(() => failure)
          : new Observable<RecordBatch>((subscriber) => {
              subscriber.next(batches[0] as RecordBatch);
              subscriber.error(failure);
            });
      const next = vi.fn();

      const error = await new Promise((resolve) => {
        source.pipe(ganAugment({ ratio: 0.3, model })).subscribe({ next, error: resolve });
      });

      expect(error).toBe(failure);
      expect(next).toHaveBeenCalledTimes(when === 'before' ? 0 : 1);
    },
  );

  it('should pass on an error of the source while rows are held for fitting', async () => {
    const failure = new Error('disk on fire');
    const source = new Observable<RecordBatch>((subscriber) => {
      subscriber.next(batches[0] as RecordBatch);
      setTimeout(() => subscriber.error(failure), 10);
    });

    const augmented = lastValueFrom(source.pipe(ganAugment({ ratio: 0.3 })));

    await expect(augmented).rejects.toBe(failure);
  });

  it('should hold rows while it fits, and then pass all of them on', async () => {
    const out = await run(of(...batches), { model: undefined, fit: { steps: 2 } });

    expect(rowsOf(out)).toBe(344 + 147);
  });

  it('should train on the first rows only, and not wait for the rest', async () => {
    const source = new Subject<RecordBatch>();
    const first = firstValueFrom(
      source.pipe(ganAugment({ ratio: 0.3, fit: { rows: 80, steps: 2 } })),
    );

    source.next(batches[0] as RecordBatch);

    expect((await first).numRows).toBe(100 + 42);
  });

  it('should stop training and close the source when unsubscribed from', async () => {
    let steps = 0;
    let closed = false;
    const source = fromBatches(
      (async function* () {
        try {
          yield* batches;
        } finally {
          closed = true;
        }
      })(),
    );
    const onStep = () => {
      steps++;
    };

    const subscription = source
      .pipe(ganAugment({ ratio: 0.3, fit: { rows: 150, steps: 10_000, onStep } }))
      .subscribe();
    await eventually(() => expect(steps).toBeGreaterThan(2));
    subscription.unsubscribe();
    await settle();
    const stopped = steps;
    await settle();

    expect(steps).toBe(stopped);
    expect(closed).toBe(true);
  });

  it('should close the source when the consumer has enough', async () => {
    let closed = false;
    const source = fromBatches(
      (async function* () {
        try {
          for (;;) yield batches[0] as RecordBatch;
        } finally {
          closed = true;
        }
      })(),
    );

    const out = await lastValueFrom(
      source.pipe(ganAugment({ ratio: 0.3, model }), take(3), toArray()),
    );
    await settle();

    expect(out).toHaveLength(3);
    expect(closed).toBe(true);
  });

  it('should pull no more than one batch ahead of a slow consumer', async () => {
    let pulled = 0;
    const source = fromBatches(
      (async function* () {
        for (;;) {
          pulled++;
          yield batches[0] as RecordBatch;
        }
      })(),
    );
    const stream = source.pipe(ganAugment({ ratio: 0.3, model }));
    const iterator = (stream as unknown as AsyncIterable<RecordBatch>)[Symbol.asyncIterator]();

    for (let taken = 1; taken <= 3; taken++) {
      await iterator.next();
      await settle();
      expect(pulled).toBeLessThanOrEqual(taken + 1);
    }
    await iterator.return?.();
  });

  it('should work under share and merge', async () => {
    const shared = of(...batches).pipe(ganAugment({ ratio: 0.3, model }), share());

    const out = await lastValueFrom(merge(shared, shared).pipe(toArray()));

    expect(rowsOf(out)).toBe(2 * (344 + 147));
  });

  it('should take a model from a promise or an Observable', async () => {
    const expected = exactRows(await run(of(...batches)));

    const promised = await run(of(...batches), { model: Promise.resolve(model) });
    const observed = await run(of(...batches), { model: of(model) });

    expect(exactRows(promised)).toEqual(expected);
    expect(exactRows(observed)).toEqual(expected);
  });

  it('should pass on the failure of the model', async () => {
    const failure = new Error('no model today');

    await expect(run(of(...batches), { model: throwError(() => failure) })).rejects.toBe(failure);
    await expect(run(of(...batches), { model: Promise.reject(failure) })).rejects.toBe(failure);
  });

  it('should pass it on also where the model fails before the first batch is there', async () => {
    const failure = new Error('no model today');
    const late = timer(60).pipe(concatMap(() => of(...batches)));

    await expect(run(late, { model: Promise.reject(failure) })).rejects.toBe(failure);
  });

  it('should let go of a source and a model that it waits for when unsubscribed from', async () => {
    const [sourceClosed, modelClosed] = [vi.fn(), vi.fn()];
    const source = new Observable<RecordBatch>((subscriber) => {
      subscriber.next(batches[0] as RecordBatch);
      return sourceClosed;
    });
    const waiting = new Observable<Model>(() => modelClosed);

    const subscription = source
      .pipe(ganAugment({ ratio: 0.3, model: waiting }))
      .subscribe({ error: unhandled });
    await settle();
    subscription.unsubscribe();
    await settle();

    expect(sourceClosed).toHaveBeenCalledOnce();
    expect(modelClosed).toHaveBeenCalledOnce();
  });
});
