import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentWith } from '../../src/augment/augment-batches.js';
import type { AugmentEvent } from '../../src/augment/events.js';
import type { AugmentOptions } from '../../src/augment/options/augment-options.js';
import { caseCount } from '../support/cases.js';
import {
  mixedNumbers,
  numberedBatches,
  numberedModel,
  numberedTools,
  numbersOf,
} from './support/numbered.js';
import { refuseUnhandledRejections } from './support/unhandled.js';

refuseUnhandledRejections();

/** How a stream goes: its batches, where it fails, and when the consumer has had enough. */
const scenarios = fc.record({
  sizes: fc.array(fc.nat(6), { maxLength: 6 }),
  tenths: fc.integer({ min: 1, max: 9 }),
  fails: fc.boolean(),
  /** Whether the consumer asks again before it is answered. */
  hasty: fc.boolean(),
  fitted: fc.constantFrom('no', 'hold', 'pass'),
  cancels: fc.option(fc.constantFrom('return', 'signal'), { nil: undefined }),
});
type Scenario = typeof scenarios extends fc.Arbitrary<infer T> ? T : never;

const failure = new Error('disk on fire');
const reason = new Error('enough');

/** Plays a scenario in one order of events. */
async function play(scenario: Scenario, scheduler: fc.Scheduler) {
  const { sizes, tenths, fails, hasty, fitted, cancels } = scenario;
  const { tools, traces } = numberedTools(async (what) => {
    await scheduler.schedule(Promise.resolve(), what);
  });
  const batches = numberedBatches(sizes);
  const state = { pulled: 0, taken: 0, ahead: 0, opened: 0, closed: 0 };
  const source: AsyncIterable<RecordBatch> = {
    async *[Symbol.asyncIterator]() {
      state.opened++;
      try {
        for (const batch of batches) {
          await scheduler.schedule(Promise.resolve(), 'arrival');
          state.pulled++;
          state.ahead = Math.max(state.ahead, state.pulled - state.taken);
          yield batch;
        }
        if (fails) throw failure;
      } finally {
        state.closed++;
      }
    },
  };
  const controller = new AbortController();
  const events: AugmentEvent[] = [];
  const options: AugmentOptions = {
    ratio: tenths / 10,
    signal: controller.signal,
    progress: (event) => events.push(event),
    ...(fitted === 'no'
      ? { model: numberedModel() }
      : { fit: { rows: 5, during: fitted as 'hold' } }),
  };
  const out: RecordBatch[] = [];
  let error: unknown;
  const iterator = augmentWith(tools, source, options)[Symbol.asyncIterator]();
  const consume = async () => {
    for (let over = false; !over; ) {
      await scheduler.schedule(Promise.resolve(), 'demand');
      const asked = hasty ? [iterator.next(), iterator.next()] : [iterator.next()];
      for (const answer of await Promise.allSettled(asked)) {
        if (answer.status === 'rejected') error ??= answer.reason;
        else if (!answer.value.done) out.push(answer.value.value);
        over ||= answer.status === 'rejected' || answer.value.done === true;
        state.taken++;
      }
    }
  };
  const cancel = async () => {
    if (cancels === undefined) return;
    await scheduler.schedule(Promise.resolve(), 'cancel');
    if (cancels === 'signal') controller.abort(reason);
    else await iterator.return?.();
  };
  await scheduler.waitFor(Promise.all([consume(), cancel()]));
  // What a pending native call or source still holds is let go of in turns of its own.
  await scheduler.waitIdle();
  return { out, error, state, traces, events, again: await iterator.next() };
}

/** Events come in their order, end once, and count what came out. */
function checkEvents(events: readonly AugmentEvent[], numbers: readonly number[]): void {
  const types = events.map(({ type }) => type);
  const ended = events.at(-1);
  if (events.length === 0) return;
  expect(types.filter((type) => type === 'ended')).toHaveLength(1);
  expect(ended).toMatchObject({ type: 'ended' });
  expect(types.filter((type) => type === 'fit-stopped').length).toBe(
    types.filter((type) => type === 'fit-started').length,
  );
  const mixed = events.filter((event) => event.type === 'batch-mixed');
  const synthetic = mixed.reduce((sum, event) => sum + event.synthetic, 0);
  const real = mixed.reduce((sum, event) => sum + event.real, 0);
  expect(ended).toMatchObject({ realRows: real, syntheticRows: synthetic });
  // The last batch may be counted and then not wanted any more.
  if (ended?.type !== 'ended' || ended.reason !== 'completed') return;
  expect(synthetic).toBe(numbers.filter((number) => number < 0).length);
}

describe('augmentBatches, in any order of events', () => {
  it('should give the rows that are due and no others, and leave nothing behind', async () => {
    const ends = { whole: 0, failed: 0, cancelled: 0 };
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(scenarios, fc.scheduler(), async (scenario, scheduler) => {
        const { out, error, state, traces, events, again } = await play(scenario, scheduler);

        const { sizes, tenths, cancels, fails, fitted } = scenario;
        const rows = sizes.reduce((sum, size) => sum + size, 0);
        const mixing = events.find((event) => event.type === 'mixing-started');
        const expected = mixedNumbers(rows, tenths, mixing?.realRows ?? rows);
        const numbers = numbersOf(out);
        expect(numbers).toEqual(expected.slice(0, numbers.length));
        if (error === undefined && cancels === undefined) expect(numbers).toEqual(expected);
        if (error === undefined && cancels === undefined) expect(fails).toBe(false);
        if (error !== undefined) expect([failure, reason]).toContain(error);
        if (cancels === undefined && fails) expect(error).toBe(failure);
        expect(state.closed).toBe(state.opened);
        expect(traces).toMatchObject({ chunksOpen: 0, fitsRunning: 0 });
        expect(again).toEqual({ done: true, value: undefined });
        if (fitted !== 'hold' && !scenario.hasty) expect(state.ahead).toBeLessThanOrEqual(1);
        if (mixing && fitted !== 'pass') expect(mixing.realRows).toBe(0);
        if (mixing?.realRows) passed++;
        checkEvents(events, numbers);
        const cut = error === failure ? 'failed' : 'cancelled';
        ends[error ? cut : 'whole']++;
      }),
      { numRuns: caseCount(250, 2000) },
    );
    expect(Math.min(...Object.values(ends))).toBeGreaterThan(caseCount(2, 20));
    expect(passed).toBeGreaterThan(caseCount(2, 20));
  });

  it('should give a second reader the same rows from the start', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(6)), fc.boolean(), async (sizes, fitted) => {
        const { tools } = numberedTools();
        const batches = numberedBatches(sizes);
        const stream = augmentWith(
          tools,
          {
            async *[Symbol.asyncIterator]() {
              yield* batches;
            },
          },
          { ratio: 0.4, ...(fitted ? { fit: { rows: 5 } } : { model: numberedModel() }) },
        );
        const read = async () => {
          const out: RecordBatch[] = [];
          for await (const batch of stream) out.push(batch);
          return numbersOf(out);
        };

        const [first, second] = await Promise.all([read(), read()]);

        expect(second).toEqual(first);
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });
});
