import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { NEVER, Observable, type OperatorFunction } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type GanAugmentOptions, ganAugmentWith } from '../../src/augment/gan-augment.js';
import { writeParquet } from '../../src/augment/stream/sinks.js';
import { fromBatches } from '../../src/augment/stream/sources.js';
import { useDirectory } from '../data/support/directory.js';
import { numberedBatches, numberedModel, numberedTools } from './support/numbered.js';
import { refuseUnhandledRejections } from './support/unhandled.js';

refuseUnhandledRejections();
const directory = useDirectory();

/** Batches that are pushed one each turn of the event loop, then silence; teardowns are counted. */
function pushing(batches: readonly RecordBatch[]) {
  const counts = { subscribed: 0, released: 0 };
  const source = new Observable<RecordBatch>((subscriber) => {
    counts.subscribed++;
    const timers = batches.map((batch) => setImmediate(() => subscriber.next(batch)));
    subscriber.add(NEVER.subscribe());
    return () => {
      counts.released++;
      timers.forEach(clearImmediate);
    };
  });
  return { source, counts };
}

const hanging = () => new Promise<void>(() => {});
const settings: Record<string, { options: GanAugmentOptions; wait?: () => Promise<void> }> = {
  'with a model': { options: { ratio: 0.5, model: numberedModel() } },
  'while it trains': { options: { ratio: 0.5, fit: { rows: 2 } }, wait: hanging },
  'while rows pass': { options: { ratio: 0.5, fit: { rows: 2, during: 'pass' } }, wait: hanging },
  'with a model that never comes': { options: { ratio: 0.5, model: new Promise<never>(() => {}) } },
  'with nothing to do': { options: { ratio: 0 } },
};

describe('unsubscribe()', () => {
  it.each(Object.entries(settings))(
    "should run the source's teardown before it returns: %s",
    async (_, { options, wait }) => {
      await fc.assert(
        fc.asyncProperty(
          fc.nat(12),
          fc.array(fc.constantFrom('stream', 'augment', 'write'), { maxLength: 3 }),
          async (turns, stages) => {
            const { source, counts } = pushing(numberedBatches([2, 0, 3, 1]));
            const { tools } = numberedTools(wait);
            const operators: Record<string, OperatorFunction<RecordBatch, RecordBatch>> = {
              augment: ganAugmentWith(tools, options),
              stream: (inner) => fromBatches(inner),
              write: writeParquet(directory.fresh('parquet')) as never,
            };
            const inner = stages.filter((stage) => stage !== 'write');
            const ends = stages.includes('write') ? ['write'] : [];
            const pipeline = ['augment', ...inner, ...ends].reduce(
              (stream, stage) => stream.pipe(operators[stage] as (typeof operators)[string]),
              source,
            );

            const subscription = pipeline.subscribe();
            for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
            const before = { ...counts };
            subscription.unsubscribe();

            expect(before.released).toBe(0);
            expect(counts.released).toBe(before.subscribed);
            await new Promise(setImmediate);
            expect(counts.released).toBe(counts.subscribed);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it('should close an async iterable at once too', async () => {
    let closed = 0;
    const iterable: AsyncIterable<RecordBatch> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => {}),
        return: async () => {
          closed++;
          return { done: true, value: undefined };
        },
      }),
    };
    const { tools } = numberedTools();

    const subscription = fromBatches(iterable)
      .pipe(ganAugmentWith(tools, { ratio: 0.5, model: numberedModel() }))
      .subscribe();
    await new Promise(setImmediate);
    subscription.unsubscribe();

    expect(closed).toBe(1);
  });
});
