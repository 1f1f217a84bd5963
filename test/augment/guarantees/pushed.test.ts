import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { AugmentEvent } from '../../../src/augment/events.js';
import { ganAugmentWith } from '../../../src/augment/gan-augment.js';
import { caseCount } from '../../support/cases.js';
import {
  mixedNumbers,
  numberedBatches,
  numberedModel,
  numberedTools,
  numbersOf,
} from '../support/numbered.js';
import { refuseUnhandledRejections } from '../support/unhandled.js';

refuseUnhandledRejections();

const scenarios = fc.record({
  sizes: fc.array(fc.nat(6), { maxLength: 6 }),
  tenths: fc.integer({ min: 1, max: 9 }),
  /** How many batches come at once. */
  burst: fc.integer({ min: 1, max: 4 }),
  fails: fc.boolean(),
  fitted: fc.constantFrom('no', 'hold', 'pass'),
  cancels: fc.boolean(),
});
const failure = new Error('disk on fire');

describe('an Observable that pushes, in any order of events', () => {
  it('should give each subscriber the rows that are due, one end, and nothing after it', async () => {
    const ends = { complete: 0, error: 0, unsubscribed: 0 };
    await fc.assert(
      fc.asyncProperty(scenarios, fc.scheduler(), async (scenario, scheduler) => {
        const { sizes, tenths, burst, fails, fitted, cancels } = scenario;
        const { tools, traces } = numberedTools(async (what) => {
          await scheduler.schedule(Promise.resolve(), what);
        });
        const source = new Subject<RecordBatch>();
        const events: AugmentEvent[] = [];
        const told: string[] = [];
        const out: RecordBatch[] = [];
        const fit = { rows: 5, during: fitted as 'hold' };
        const subscription = source
          .pipe(
            ganAugmentWith(tools, {
              ratio: tenths / 10,
              progress: (event) => events.push(event),
              ...(fitted === 'no' ? { model: numberedModel() } : { fit }),
            }),
          )
          .subscribe({
            next: (batch) => {
              if (told.length > 0) told.push('next after the end');
              out.push(batch);
            },
            error: (error) => told.push(error === failure ? 'error' : `another: ${error}`),
            complete: () => told.push('complete'),
          });
        const push = async () => {
          for (const [k, batch] of numberedBatches(sizes).entries()) {
            if (k % burst === 0) await scheduler.schedule(Promise.resolve(), 'arrival');
            source.next(batch);
          }
          await scheduler.schedule(Promise.resolve(), 'end');
          if (fails) source.error(failure);
          else source.complete();
        };
        const cancel = async () => {
          if (!cancels) return;
          await scheduler.schedule(Promise.resolve(), 'cancel');
          subscription.unsubscribe();
          told.push('unsubscribed');
        };

        await scheduler.waitFor(Promise.all([push(), cancel()]));
        // What is under way comes to its end.
        for (let turns = 0; turns < 3 || (!cancels && told.length === 0); turns++) {
          await scheduler.waitIdle();
          await new Promise((resolve) => setImmediate(resolve));
          if (turns > 200) break;
        }

        const rows = sizes.reduce((sum, size) => sum + size, 0);
        const mixing = events.find((event) => event.type === 'mixing-started');
        const expected = mixedNumbers(rows, tenths, mixing?.realRows ?? rows);
        const numbers = numbersOf(out);
        expect(numbers).toEqual(expected.slice(0, numbers.length));
        if (told[0] === 'complete') expect(numbers).toEqual(expected);
        if (cancels) expect(told.at(-1)).toBe('unsubscribed');
        else expect(told).toEqual([fails ? 'error' : 'complete']);
        expect(told.length).toBeLessThanOrEqual(2);
        expect(told.some((each) => /after|another/.test(each))).toBe(false);
        expect(source.observed).toBe(false);
        expect(traces).toMatchObject({ chunksOpen: 0, fitsRunning: 0 });
        ends[told[0] as keyof typeof ends]++;
      }),
      { numRuns: caseCount(125, 1000) },
    );
    expect(Math.min(...Object.values(ends))).toBeGreaterThan(caseCount(2, 20));
  });
});
