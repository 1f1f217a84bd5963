import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { type RecordBatch, Schema } from 'apache-arrow';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleBatches } from '../../../src/augment/sample-batches.js';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { tensorField } from '../../../src/data/tensor/type.js';
import { GanAugmentError, InvalidOptionError, TrainingError } from '../../../src/errors.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import { fitInWorker } from '../../../src/gan/fit/fit-in-worker.js';
import type { FitOptions } from '../../../src/gan/fit/options.js';
import type { startTrainingThread } from '../../../src/gan/fit/training-thread.js';
import { modelFiles } from '../../../src/gan/model/files.js';
import { cutAt, penguins } from '../../augment/penguins.js';
import { allTypes, arbitraryBatches, collect } from '../../data/support/arbitrary-batches.js';
import { exactRows } from '../../data/support/exact.js';
import { caseCount } from '../../support/cases.js';
import { eventually } from '../../support/eventually.js';

let all: RecordBatch;
const unhandled = vi.fn();

beforeAll(async () => {
  all = await penguins();
});
beforeEach(() => {
  unhandled.mockClear();
  process.on('unhandledRejection', unhandled);
});
afterEach(async () => {
  await eventually(() => expect(traces()).toEqual(before));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

/** What a thread that is not ended, or not forgotten, leaves in the process. */
const traces = () => ({
  ports: process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length,
  exitListeners: process.listenerCount('exit'),
});
const before = traces();

const train = (options: FitOptions, batches: readonly RecordBatch[] = [all]) =>
  fitModel(all.schema, batches, options);

/** A training thread that runs other code. */
const running = (code: string) => (task: Parameters<typeof startTrainingThread>[0]) =>
  new Worker(code, { eval: true, workerData: task });
const fitRunning = (code: string) => fitInWorker(all.schema, [all], {}, running(code));

/** The files of a model, or what was raised instead. */
async function outcome(fitting: Promise<Parameters<typeof modelFiles>[0]>) {
  try {
    return modelFiles(await fitting);
  } catch (error) {
    if (!GanAugmentError.isInstance(error)) throw error;
    const { name, code, message, constructor: kind } = error;
    return { name, code, message, kind };
  }
}

describe('fitModel on a thread of its own', () => {
  it('should give the very model, or error, of the calling thread, whatever the types', async () => {
    const many = { minColumns: 1, maxColumns: 6, minBatches: 2, maxRows: 30 };
    await fc.assert(
      fc.asyncProperty(arbitraryBatches(allTypes, many), fc.nat(), async (batches, seed) => {
        const { schema } = batches[0] as RecordBatch;
        const options = { seed, steps: 1 };

        const [there, here] = [
          await outcome(fitModel(schema, batches, options)),
          await outcome(fitModel(schema, batches, { ...options, thread: 'caller' })),
        ];

        expect(there).toEqual(here);
      }),
      { numRuns: caseCount(2, 12) },
    );
  });

  it('should give the same model however the rows are cut, and the same rows from it', async () => {
    const here = await train({ seed: 'x', steps: 9, thread: 'caller' });

    const there = await train({ seed: 'x', steps: 9 }, cutAt(all, [5, 5, 200]));

    const rows = { rows: 300, seed: 3 };
    expect(modelFiles(there)).toEqual(modelFiles(here));
    expect(there.id).toBe(here.id);
    expect(there.schema.fields).toEqual(all.schema.fields);
    expect(exactRows(await collect(sampleBatches(there, rows)))).toEqual(
      exactRows(await collect(sampleBatches(here, rows))),
    );
    expect(all.numRows).toBe(344);
  });

  it('should leave the calling thread free', async () => {
    const active = async (thread: 'worker' | 'caller') => {
      const start = performance.eventLoopUtilization();
      await train({ steps: 20, thread });
      return performance.eventLoopUtilization(start).active;
    };

    const here = await active('caller');

    expect(await active('worker')).toBeLessThan(here / 4);
  });

  it('should fit several models at once', async () => {
    const seen = new Set<string>();
    const both = new AbortController();
    // Each would train for ever: that both are seen means that neither waits for the other.
    const endless = (name: string) =>
      train({
        steps: 1e6,
        signal: both.signal,
        onStep() {
          seen.add(name);
          if (seen.size === 2) both.abort('both were seen');
        },
      });

    const ended = await Promise.allSettled([endless('a'), endless('b')]);

    const stopped = { status: 'rejected', reason: 'both were seen' };
    expect(ended).toEqual([stopped, stopped]);
  });
});

describe('a fit that ends early', () => {
  it('should reject with the reason at once, whenever it is aborted, and leave nothing', async () => {
    const reasons = fc.tuple(fc.integer({ min: 0, max: 1500 }), fc.anything());
    await fc.assert(
      fc.asyncProperty(reasons, async ([delay, given]) => {
        const reason = given ?? new Error('enough');
        const controller = new AbortController();
        const onStep = vi.fn();
        const fitting = train({ steps: 1e6, signal: controller.signal, onStep });
        setTimeout(() => controller.abort(reason), delay);

        const raised = await fitting.catch((error: unknown) => error);
        const steps = onStep.mock.calls.length;

        expect(raised).toBe(reason);
        await eventually(() => expect(traces()).toEqual(before));
        expect(onStep).toHaveBeenCalledTimes(steps);
      }),
      { numRuns: caseCount(3, 12) },
    );
  });

  it('should have a handle that the other tests would see, were it left', async () => {
    const controller = new AbortController();
    const fitting = train({ steps: 1e6, signal: controller.signal });

    await eventually(() => {
      const during = traces();
      expect(during.ports).toBeGreaterThan(before.ports);
      // All threads of a process share one listener.
      expect(during.exitListeners).toBeGreaterThan(0);
    });
    controller.abort();

    await expect(fitting).rejects.toThrow();
  });

  it('should reject with the very error that onStep throws, and call it no more', async () => {
    const mine = new RangeError('mine');
    const onStep = vi.fn(() => {
      throw mine;
    });

    await expect(train({ steps: 1000, onStep })).rejects.toBe(mine);
    expect(onStep).toHaveBeenCalledOnce();
  });

  it('should say that the thread is out of memory', async () => {
    const hog = (task: Parameters<typeof startTrainingThread>[0]) =>
      new Worker('const kept = []; for (;;) kept.push(new Array(1000).fill({}));', {
        eval: true,
        workerData: task,
        resourceLimits: { maxOldGenerationSizeMb: 20 },
      });

    const fitting = fitInWorker(all.schema, [all], {}, hog);

    await expect(fitting).rejects.toThrow(TrainingError);
    await expect(fitting).rejects.toThrow(/out of memory.*fit\.rows/s);
  });

  it('should say why the thread failed', async () => {
    await expect(fitRunning('process.exit(3)')).rejects.toThrow(/ended before.*code 3/);
    await expect(fitRunning('null.x')).rejects.toThrow(TrainingError);
    await expect(fitRunning('null.x')).rejects.toThrow(/thread failed: Cannot read/);
    await expect(fitRunning("import('./no-such-file.js')")).rejects.toThrow(/bundle.*'caller'/);
  });
});

describe('options that cannot cross', () => {
  const raised = new Error('called on the thread that it was made on');
  const generator = () => {
    throw raised;
  };
  const recipe = { base: 'dcgan', generator } as const;
  const field = tensorField('image', { element: 'uint8', shape: [2, 2, 1] });
  const images = makeBatch(
    new Schema([field]),
    [
      makeTensorColumn(
        field,
        Uint8Array.from({ length: 16 }, (_, k) => k),
      ),
    ],
    4,
  );

  it('should keep the training on the calling thread', async () => {
    const fitting = fitModel(images.schema, [images], { recipe });

    // Itself: what crosses from another thread is a copy.
    await expect(fitting).rejects.toBe(raised);
  });

  it('should be refused where a thread is asked for', async () => {
    const fitting = fitModel(images.schema, [images], { recipe, thread: 'worker' });

    await expect(fitting).rejects.toThrow(InvalidOptionError);
    await expect(fitting).rejects.toThrow(/fit\.recipe\.generator/);
  });
});
