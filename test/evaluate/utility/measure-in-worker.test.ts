import { Worker } from 'node:worker_threads';
import type { RecordBatch } from 'apache-arrow';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { SchemaError, TrainingError } from '../../../src/errors.js';
import {
  type BatchLiftOptions,
  measureLiftInWorker,
} from '../../../src/evaluate/utility/measure-in-worker.js';
import { measureLift } from '../../../src/evaluate/utility/measure-lift.js';
import { cutAt, penguins } from '../../augment/penguins.js';
import { stripesTable } from '../image/stripes-table.js';

let tables: BatchLiftOptions;

beforeAll(async () => {
  const [real, synthetic, ...holdout] = cutAt(await penguins(), [120, 220, 270]) as [
    RecordBatch,
    RecordBatch,
    ...RecordBatch[],
  ];
  tables = { real: [real], synthetic: [synthetic], holdout, target: 'sex' };
});

/** Turns of the event loop while some work is done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let immediate = setImmediate(function again() {
    turns++;
    immediate = setImmediate(again);
  });
  await work();
  clearImmediate(immediate);
  return turns;
}

describe('measureLiftInWorker', () => {
  it('should give what the calling thread gives', async () => {
    const here = await measureLift(tables);

    const there = await measureLiftInWorker(tables);

    expect(there).toEqual(here);
    expect(tables.real[0]?.getChild('sex')?.get(0)).toBeDefined();
  });

  it('should give the same of images', async () => {
    const [real, synthetic, holdout] = [1, 2, 3].map((seed) => [stripesTable(40, seed)]) as [
      RecordBatch[],
      RecordBatch[],
      RecordBatch[],
    ];
    const options = { real, synthetic, holdout, target: 'label', seeds: [1], alone: false };

    const [here, there] = [await measureLift(options), await measureLiftInWorker(options)];

    expect(there).toEqual(here);
    expect(there.model).toBe('cnn');
  });

  it('should let the event loop go on, which the calling thread holds', async () => {
    const there = await turnsDuring(() => measureLiftInWorker(tables));
    const here = await turnsDuring(() => measureLift(tables));

    // On the calling thread events have a turn between two trainings, of which there are nine.
    expect(here).toBeLessThan(50);
    expect(there).toBeGreaterThan(500);
  });

  it('should raise what the calling thread raises', async () => {
    const measuring = measureLiftInWorker({ ...tables, target: 'sexx' });

    await expect(measuring).rejects.toThrow(SchemaError);
    await expect(measuring).rejects.toThrow(/not a column: 'sexx'. Did you mean 'sex'/);
    await expect(measureLiftInWorker({ ...tables, holdout: [] })).rejects.toThrow(
      /holdout has no rows/,
    );
  });

  it('should reject with the reason at once when it is aborted, and end the thread', async () => {
    const controller = new AbortController();
    const exit = vi.fn();
    const endless = () => {
      const worker = new Worker('for (;;);', { eval: true });
      worker.on('exit', exit);
      worker.on('online', () => controller.abort(new Error('enough')));
      return worker;
    };

    const measuring = measureLiftInWorker({ ...tables, signal: controller.signal }, endless);

    await expect(measuring).rejects.toThrow('enough');
    expect(exit).toHaveBeenCalledOnce();
  });

  it.each([
    ['process.exit(3)', /measuring thread failed: it ended with code 3.*gate\.thread 'caller'/],
    ['null.x', /measuring thread failed: Cannot read/],
  ])('should say why the thread failed: %s', async (code, message) => {
    const measuring = measureLiftInWorker(tables, () => new Worker(code, { eval: true }));

    await expect(measuring).rejects.toThrow(TrainingError);
    await expect(measuring).rejects.toThrow(message);
  });
});
