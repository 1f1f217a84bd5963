import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentWith } from '../../../src/augment/augment-batches.js';
import type { AugmentEvent } from '../../../src/augment/events.js';
import type { AugmentOptions } from '../../../src/augment/options/augment-options.js';
import { summarizeColumns } from '../../../src/encode/summary/column-summary.js';
import { ModelError } from '../../../src/errors.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { caseCount } from '../../support/cases.js';
import {
  batchOf,
  numberedModel,
  numberedSchema,
  numberedTools,
  numbersOf,
} from '../support/numbered.js';

/** Rows whose numbers go round below 100, from `start` on. */
const like = (start: number, rows: number) =>
  Array.from({ length: rows }, (_, k) => start + ((k * 37) % 100));
const summaryOf = (batches: readonly RecordBatch[]) =>
  summarizeColumns(numberedSchema, batches, [{ kind: 'any', spans: [{}] } as never]);
const model = numberedModel('a'.repeat(64), summaryOf([batchOf(like(0, 500))]));

async function watch(
  numbers: readonly number[],
  batchRows: number,
  options: Partial<AugmentOptions>,
  fit = numberedTools().tools.fit,
) {
  const events: AugmentEvent[] = [];
  const batches = Array.from({ length: Math.ceil(numbers.length / batchRows) }, (_, k) =>
    batchOf(numbers.slice(k * batchRows, (k + 1) * batchRows)),
  );
  const tools = { ...numberedTools().tools, fit };
  const out = await collect(
    augmentWith(tools, asyncFrom(batches), {
      ratio: 0.5,
      model,
      progress: (event) => events.push(event),
      ...options,
    }),
  );
  const drifts = events.filter((event) => event.type === 'drift');
  return { events, drifts, real: numbersOf(out).filter((number) => number >= 0) };
}

describe('drift', () => {
  it('should be silent while rows are like the training rows', async () => {
    const { drifts } = await watch(like(0, 1000), 70, { drift: { window: 200 } });

    expect(drifts).toEqual([]);
  });

  it('should tell of each window that is not, however rows are cut', async () => {
    const numbers = [...like(0, 400), ...like(60, 350)];
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 800 }), async (batchRows) => {
        const { drifts, real } = await watch(numbers, batchRows, { drift: { window: 200 } });

        expect(drifts.map(({ realRows }) => realRows)).toEqual([600]);
        expect(drifts[0]?.columns).toMatchObject([{ name: 'n' }]);
        expect(drifts[0]?.columns[0]?.index).toBeGreaterThan(1);
        expect(drifts[0]?.columns[0]?.gap).toBeCloseTo(0.6, 1);
        expect(real).toEqual(numbers);
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it('should train on the rows that drifted, and then take them for the usual ones', async () => {
    const numbers = [...like(0, 200), ...like(500, 1800)];
    const trained: RecordBatch[][] = [];
    const fit = async (_: unknown, batches: readonly RecordBatch[]) => {
      trained.push([...batches]);
      return numberedModel('b'.repeat(64), summaryOf(batches));
    };

    const { events, drifts, real } = await watch(
      numbers,
      100,
      { drift: { window: 200, refit: true } },
      fit as never,
    );

    const mixing = events.filter((event) => event.type === 'mixing-started');
    expect(mixing.map((event) => event.model[0])).toEqual(['a', 'b']);
    expect(drifts).toHaveLength(1);
    expect(trained).toHaveLength(1);
    expect(numbersOf(trained[0] ?? []).sort()).toEqual(like(500, 200).sort());
    expect(real).toEqual(numbers);
  });

  it('should keep the model that it has where training another fails', async () => {
    const failure = new Error('diverged');
    const fit = async () => {
      throw failure;
    };

    const { events, real } = await watch(
      like(500, 1000),
      100,
      { drift: { window: 200, refit: true } },
      fit,
    );

    const stopped = events.filter((event) => event.type === 'fit-stopped');
    expect(stopped[0]).toEqual({ type: 'fit-stopped', reason: 'failed', error: failure });
    expect(events).toContainEqual({ type: 'refit-failed', error: failure });
    expect(events.at(-1)).toMatchObject({ reason: 'completed', syntheticRows: 1000 });
    expect(real).toHaveLength(1000);
  });

  it('should need a model that says what its training rows were like', async () => {
    const watching = watch([1], 1, { model: numberedModel(), drift: {} });

    await expect(watching).rejects.toThrow(ModelError);
  });

  it('should refuse what cannot be watched, at once', async () => {
    const start = (drift: object) => watch([1], 1, { drift });

    await expect(start({ window: 10 })).rejects.toThrow(/drift.window must be a whole number/);
    await expect(start({ threshold: 0 })).rejects.toThrow(/drift.threshold must be a positive/);
    await expect(start({ refit: 1 })).rejects.toThrow(/drift.refit must be true or false/);
  });
});

describe('drift with a refit, in any order of events', () => {
  it('should lose no real row, keep the share, and leave nothing behind', async () => {
    const scenarios = fc.record({
      turns: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
      fails: fc.constantFrom('no', 'source', 'fit'),
      cancels: fc.boolean(),
    });
    let swaps = 0;
    await fc.assert(
      fc.asyncProperty(scenarios, fc.scheduler(), async ({ turns, fails, cancels }, scheduler) => {
        const { tools, traces } = numberedTools(async (what) => {
          await scheduler.schedule(Promise.resolve(), what);
          if (what === 'fit' && fails === 'fit') throw new Error('diverged');
        });
        const numbers = turns.flatMap((turn) => like(turn ? 500 : 0, 100));
        const failure = new Error('disk on fire');
        const source = async function* () {
          for (const k of turns.keys()) {
            await scheduler.schedule(Promise.resolve(), 'arrival');
            yield batchOf(numbers.slice(100 * k, 100 * k + 100));
          }
          if (fails === 'source') throw failure;
        };
        const fit: typeof tools.fit = async (...given) => {
          await tools.fit(...given);
          return numberedModel('b'.repeat(64), summaryOf(given[1]));
        };
        const events: AugmentEvent[] = [];
        const stream = augmentWith({ ...tools, fit }, source(), {
          ratio: 0.5,
          model,
          drift: { window: 100, refit: true },
          progress: (event) => events.push(event),
        });
        const iterator = stream[Symbol.asyncIterator]();
        const out: RecordBatch[] = [];
        let error: unknown;
        const consume = async () => {
          try {
            for (;;) {
              const next = await iterator.next();
              if (next.done) return;
              out.push(next.value);
            }
          } catch (raised) {
            error = raised;
          }
        };
        const cancel = async () => {
          if (!cancels) return;
          await scheduler.schedule(Promise.resolve(), 'cancel');
          await iterator.return?.();
        };

        await scheduler.waitFor(Promise.all([consume(), cancel()]));
        await scheduler.waitIdle();

        const real = numbersOf(out).filter((number) => number >= 0);
        expect(real).toEqual(numbers.slice(0, real.length));
        expect(numbersOf(out)).toHaveLength(2 * real.length);
        if (!cancels) expect(real).toHaveLength(numbers.length);
        expect(error).toBe(fails === 'source' && !cancels ? failure : error);
        expect(error === undefined || error === failure).toBe(true);
        expect(traces).toMatchObject({ chunksOpen: 0, fitsRunning: 0 });
        const count = (type: string) => events.filter((event) => event.type === type).length;
        expect(count('fit-stopped')).toBe(count('fit-started'));
        swaps += count('mixing-started') > 1 ? 1 : 0;
      }),
      { numRuns: caseCount(125, 1000) },
    );
    expect(swaps).toBeGreaterThan(caseCount(2, 20));
  });
});
