import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordBatch } from 'apache-arrow';
import { concatWith, NEVER, of, Subject, throwError } from 'rxjs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { AugmentEvent } from '../../src/augment/events.js';
import { ganAugment } from '../../src/augment/gan-augment.js';
import type { Model } from '../../src/gan/model/model.js';
import { eventually } from '../support/eventually.js';
import { cutAt, hastyModel, penguins } from './penguins.js';

let all: RecordBatch;
let model: Model;

beforeAll(async () => {
  all = await penguins();
  model = await hastyModel(all);
});

/** Threads and timers that would keep the process alive. */
const leftovers = () =>
  process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort|Timeout/.test(name));

describe('what ganAugment leaves behind', () => {
  it.each(['end', 'error', 'unsubscribing', 'unsubscribing while it trains'] as const)(
    'should be no thread and no timer after: %s',
    async (how) => {
      const before = leftovers();
      const trains = how === 'unsubscribing while it trains';
      const batches = Array.from({ length: 40 }, () => all);
      const source = of(...batches).pipe(
        concatWith(how === 'error' ? throwError(() => new Error('disk on fire')) : []),
        concatWith(how === 'end' ? [] : NEVER),
      );
      const [next, ended, steps] = [vi.fn(), vi.fn(), vi.fn()];
      // 40 batches owe rows enough for a sampling thread.
      const options = trains ? { fit: { rows: 100, steps: 100_000, onStep: steps } } : { model };

      const subscription = source
        .pipe(ganAugment({ ratio: 0.5, ...options }))
        .subscribe({ next, error: ended, complete: ended });
      await eventually(() => {
        expect(trains ? steps : next).toHaveBeenCalled();
        if (how === 'end' || how === 'error') expect(ended).toHaveBeenCalledOnce();
        else if (!trains) expect(next).toHaveBeenCalledTimes(40);
      });
      subscription.unsubscribe();

      for (let turns = 0; leftovers().length > before.length && turns < 500; turns++) {
        await sleep(10);
      }
      expect(leftovers().length).toBeLessThanOrEqual(before.length);
    },
  );

  it.each(['end', 'error', 'unsubscribing'] as const)(
    'should be no thread and no timer after the %s of a stream that trains on the side',
    async (how) => {
      const before = leftovers();
      const source = new Subject<RecordBatch>();
      const [steps, ended, events] = [vi.fn(), vi.fn(), [] as string[]];
      const fit = { rows: 300, steps: 100_000, during: 'pass', onStep: steps } as const;
      const progress = (event: AugmentEvent) => {
        if (event.type === 'fit-stopped' || event.type === 'ended') events.push(event.reason);
      };

      const subscription = source
        .pipe(ganAugment({ ratio: 0.5, fit, progress }))
        .subscribe({ error: ended, complete: ended });
      source.next(all);
      await eventually(() => expect(steps).toHaveBeenCalled());
      if (how === 'end') source.complete();
      else if (how === 'error') source.error(new Error('disk on fire'));
      else subscription.unsubscribe();

      await eventually(() => expect(events).toHaveLength(2));
      for (let turns = 0; leftovers().length > before.length && turns < 500; turns++) {
        await sleep(10);
      }
      expect(leftovers().length).toBeLessThanOrEqual(before.length);
      expect(events).toEqual(
        how === 'end'
          ? ['stream-ended', 'completed']
          : ['cancelled', how === 'error' ? 'failed' : 'cancelled'],
      );
      expect(ended).toHaveBeenCalledTimes(how === 'unsubscribing' ? 0 : 1);
    },
  );

  it('should raise nothing unhandled where training fails while rows are held', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const two = cutAt(all, [2])[0] as RecordBatch;
    const error = vi.fn();
    const onStep = () => {
      throw new Error('no more');
    };

    of(two, all)
      .pipe(ganAugment({ ratio: 0.5, fit: { rows: 50, steps: 3, onStep, thread: 'caller' } }))
      .subscribe({ error });
    await eventually(() => expect(error).toHaveBeenCalledOnce());
    await sleep(20);
    process.off('unhandledRejection', unhandled);

    expect(unhandled).not.toHaveBeenCalled();
  });
});
