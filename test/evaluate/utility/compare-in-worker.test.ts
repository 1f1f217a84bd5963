import { Worker } from 'node:worker_threads';
import type { RecordBatch } from 'apache-arrow';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { SchemaError, TrainingError } from '../../../src/errors.js';
import type { ArmOptions } from '../../../src/evaluate/utility/arm.js';
import { compareArms } from '../../../src/evaluate/utility/compare-arms.js';
import { compareArmsInWorker } from '../../../src/evaluate/utility/compare-in-worker.js';
import { cutAt, penguins } from '../../augment/penguins.js';
import { stripesTable } from '../image/stripes-table.js';

let tables: ArmOptions;

/** Some rows to learn from, some to test on, and synthetic ones beside. */
function heldOut(real: RecordBatch, synthetic: RecordBatch, train: number): ArmOptions['folds'] {
  const places = Int32Array.from({ length: real.numRows }, (_, row) => row);
  const fold = { train: places.slice(0, train), test: places.slice(train) };
  return [{ repeat: 0, ...fold, synthetic: { more: [synthetic] } }];
}

beforeAll(async () => {
  const [real, synthetic] = cutAt(await penguins(), [220]) as [RecordBatch, RecordBatch];
  const folds = heldOut(real, synthetic, 120);
  tables = { real: [real], folds, target: 'sex', seeds: [1, 2, 3] };
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

describe('compareArmsInWorker', () => {
  it('should give what the calling thread gives', async () => {
    const here = await compareArms(tables);

    const there = await compareArmsInWorker(tables);

    expect(there).toEqual(here);
    expect(tables.real[0]?.getChild('sex')?.get(0)).toBeDefined();
  });

  it('should give the same of images', async () => {
    const [real, synthetic] = [stripesTable(80, 1), stripesTable(40, 2)];
    const folds = heldOut(real, synthetic, 40);
    // Of numbers: of classes the CNN would be trained with equal weights, too.
    const options = { real: [real], folds, target: 'place', seeds: [1] };

    const [here, there] = [await compareArms(options), await compareArmsInWorker(options)];

    expect(there).toEqual(here);
    expect(there.arms.more?.gain.mean).not.toBeNull();
  });

  it('should let the event loop go on, which the calling thread holds', async () => {
    const there = await turnsDuring(() => compareArmsInWorker(tables));
    const here = await turnsDuring(() => compareArms(tables));

    // On the calling thread events have a turn between two trainings, of which there are nine.
    expect(here).toBeLessThan(50);
    expect(there).toBeGreaterThan(500);
  });

  it('should raise what the calling thread raises', async () => {
    const measuring = compareArmsInWorker({ ...tables, target: 'sexx' });

    await expect(measuring).rejects.toThrow(SchemaError);
    await expect(measuring).rejects.toThrow(/not a column: 'sexx'. Did you mean 'sex'/);
    await expect(compareArmsInWorker({ ...tables, real: [] })).rejects.toThrow(/real has no rows/);
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

    const measuring = compareArmsInWorker({ ...tables, signal: controller.signal }, endless);

    await expect(measuring).rejects.toThrow('enough');
    expect(exit).toHaveBeenCalledOnce();
  });

  it.each([
    ['process.exit(3)', /measuring thread failed: it ended with code 3.*gate\.thread 'caller'/],
    ['null.x', /measuring thread failed: Cannot read/],
  ])('should say why the thread failed: %s', async (code, message) => {
    const measuring = compareArmsInWorker(tables, () => new Worker(code, { eval: true }));

    await expect(measuring).rejects.toThrow(TrainingError);
    await expect(measuring).rejects.toThrow(message);
  });
});
