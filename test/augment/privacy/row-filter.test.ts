import type { Data, Field, RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../src/augment/augment-batches.js';
import type { AugmentEvent } from '../../../src/augment/events.js';
import { type RowFilter, rejectRows } from '../../../src/augment/privacy/reject-rows.js';
import { createRowFilter } from '../../../src/augment/privacy/row-filter.js';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { concatenateBatches, sliceBatch } from '../../../src/data/batches/interleave.js';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { DataError } from '../../../src/errors.js';
import type { Model } from '../../../src/gan/model/model.js';
import { type CooperativeTask, runAtOnce } from '../../../src/threads/run-cooperatively.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { exactRows } from '../../data/support/exact.js';
import { hastyImages, imagesTable } from '../../gan/families/tensor/images-table.js';
import { caseCount } from '../../support/cases.js';
import { cutAt, hastyModel, penguins } from '../penguins.js';
import { batchOf, numberedModel, numberedSchema } from '../support/numbered.js';

let all: RecordBatch;
let model: Model;

beforeAll(async () => {
  all = await penguins();
  model = await hastyModel(all);
});

/** What a filter that is made keeps of a batch. */
const keepOf = (making: CooperativeTask<RowFilter>, batch: RecordBatch) =>
  runAtOnce(runAtOnce(making).keep(batch));

// biome-ignore lint/correctness/useYield: there is nothing to do.
function* nothing() {
  return [];
}

const zero = () => ({ seen: 0, copies: 0, close: 0 });

describe('createRowFilter', () => {
  it('should drop copies of training rows always, and other rows that are too close', () => {
    const training = [sliceBatch(all, 0, 100), sliceBatch(all, 100, 250)];
    const rows = { training, holdout: [sliceBatch(all, 250)] };
    const [exact, strict] = [zero(), zero()];

    const copiesOnly = keepOf(createRowFilter(all.schema, model, rows, 0, exact), all);
    const half = keepOf(createRowFilter(all.schema, model, rows, 0.5, strict), all);

    expect(copiesOnly.slice(0, 250)).not.toContain(true);
    expect(copiesOnly.slice(250).filter((kept) => kept).length).toBeGreaterThan(90);
    expect(exact).toMatchObject({ seen: 344, close: 0 });
    // Of the held-out rows themselves about half are nearer than their own median.
    const kept = half.slice(250).filter((each) => each).length;
    expect(kept).toBeGreaterThan(40);
    expect(kept).toBeLessThan(60);
    expect(strict.copies + strict.close).toBe(344 - kept);
  });

  it('should always drop copies, count them, and let nothing near a training row pass', () => {
    const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 12 });
    const learned = { ...numberedModel(), encoders: [{ spans: [{}] }] } as never;
    fc.assert(
      fc.property(values, values, values, fc.nat(99), (some, holdout, made, percent) => {
        // A range by which distances are divided without rounding.
        const training = [0, 16, ...some.filter((value) => value <= 16)];
        const rows = { training: [batchOf(training)], holdout: [batchOf(holdout)] };
        const rejected = zero();
        const making = createRowFilter(numberedSchema, learned, rows, percent / 100, rejected);
        const distance = (value: number) =>
          Math.min(...training.map((each) => Math.abs(value - each)));
        const near = holdout.map(distance).sort((a, b) => a - b);
        const least = percent && (near[Math.floor((percent / 100) * (near.length - 1))] as number);

        const kept = keepOf(making, batchOf(made));

        const expected = made.map((value) => distance(value) > 0 && distance(value) >= least);
        expect(kept).toEqual(expected);
        expect(rejected).toEqual({
          seen: made.length,
          copies: made.filter((value) => distance(value) === 0).length,
          close: made.filter((value, row) => distance(value) > 0 && !kept[row]).length,
        });
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it('should drop copies of images, and near copies, and keep others', async () => {
    const images = imagesTable(60);
    const model = await hastyImages();
    const training = [sliceBatch(images, 0, 30)];
    const rows = { training, holdout: [sliceBatch(images, 30)] };
    const near = changeImages(training[0] as RecordBatch, (pixel) => pixel + 1);
    const keep = (quantile: number, batch: RecordBatch) =>
      keepOf(createRowFilter(images.schema, model, rows, quantile, zero()), batch);

    const kept = {
      copies: keep(0, training[0] as RecordBatch),
      strangers: keep(0, sliceBatch(images, 30)),
      nearOnes: keep(0, near),
      nearOnesStrictly: keep(0.05, near),
      strangersStrictly: keep(0.05, sliceBatch(images, 30)),
    };

    const count = (list: readonly boolean[]) => list.filter((each) => each).length;
    expect(count(kept.copies)).toBe(0);
    expect(count(kept.strangers)).toBe(30);
    expect(count(kept.nearOnes)).toBe(30);
    expect(count(kept.nearOnesStrictly)).toBe(0);
    expect(count(kept.strangersStrictly)).toBeGreaterThan(26);
  });

  it('should need rows to compare with', () => {
    const rows = { training: [all], holdout: [] };

    expect(() => runAtOnce(createRowFilter(all.schema, model, rows, 0.1, zero()))).toThrow(
      DataError,
    );
  });
});

/** The same rows with other pixels. */
function changeImages(batch: RecordBatch, change: (pixel: number) => number): RecordBatch {
  const [images, ...others] = batch.data.children;
  const field = batch.schema.fields[0] as Field;
  const values = (images as Data).children[0]?.values as Uint8Array;
  const changed = makeTensorColumn(field, values.slice(0, batch.numRows * 90).map(change));
  return makeBatch(batch.schema, [changed, ...others] as never, batch.numRows);
}

describe('rejectRows', () => {
  it('should give up, and say so, where nothing is ever left', async () => {
    const chunks = { next: async () => all, dispose: async () => {} };

    const next = rejectRows(chunks, { keep: nothing }).next();

    await expect(next).rejects.toThrow(/every synthetic row is too close to a training row/);
  });
});

describe('rejectCloserThan', () => {
  it('should let images through that are no copies', async () => {
    const images = imagesTable(40);

    const out = await collect(
      augmentBatches(asyncFrom([images]), {
        ratio: 0.5,
        target: 'label',
        rejectCloserThan: 0,
        fit: {
          steps: 1,
          thread: 'caller',
          recipe: { base: 'dcgan', widthMultiplier: 1 / 32, latent: 4, batch: 4 },
        },
      }),
    );

    expect(out.reduce((rows, { numRows }) => rows + numRows, 0)).toBe(80);
  });

  it('should let no copy out, tell how many rows it dropped, and not depend on batches', async () => {
    const augment = async (places: readonly number[]) => {
      const events: AugmentEvent[] = [];
      const out = await collect(
        augmentBatches(asyncFrom(cutAt(all, places)), {
          ratio: 0.5,
          mark: 'm',
          rejectCloserThan: 0.9,
          fit: { steps: 30 },
          progress: (event) => events.push(event),
        }),
      );
      return { rows: exactRows([concatenateBatches(out[0]?.schema as never, out)]), events };
    };

    const [whole, cut] = [await augment([]), await augment([50, 200])];

    const real = new Set(exactRows([all]).map((row) => JSON.stringify(row)));
    const synthetic = whole.rows.filter((row) => row.at(-1)).map((row) => row.slice(0, -1));
    expect(synthetic).toHaveLength(344);
    expect(synthetic.some((row) => real.has(JSON.stringify(row)))).toBe(false);
    expect(JSON.stringify(cut.rows) === JSON.stringify(whole.rows)).toBe(true);
    const rejected = whole.events.findLast((event) => event.type === 'rows-rejected');
    expect(rejected?.seen).toBeGreaterThanOrEqual(344);
    expect(rejected?.close).toBeGreaterThan(0);
    const fit = whole.events.find((event) => event.type === 'fit-started');
    expect(fit?.rows).toBeLessThan(344);
  });
});
