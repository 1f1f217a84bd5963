import { type RecordBatch, Schema } from 'apache-arrow';
import fc from 'fast-check';
import { from, lastValueFrom, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { fromBatches } from '../../../src/augment/stream/sources.js';
import { fitTensorTransform } from '../../../src/augment/tensors/fit-tensor-transform.js';
import type { TensorSummary } from '../../../src/augment/tensors/summary.js';
import { type TensorBatch, tensorBatches } from '../../../src/augment/tensors/tensor-batches.js';
import { toTensors } from '../../../src/augment/tensors/to-tensors.js';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { DataError, InvalidOptionError } from '../../../src/errors.js';
import { collect } from '../../data/support/arbitrary-batches.js';
import { batchOf, cutBatch, cuts, type Row, rows } from '../../features/support/rows.js';
import { caseCount } from '../../support/cases.js';

const runs = { numRuns: caseCount(60, 600) };

/** Rows whose numbers tell them apart. */
const numbered = (length: number): Row[] =>
  Array.from({ length }, (_, k) => ({
    size: null,
    count: k,
    isNew: false,
    colour: 'red',
    label: 'yes',
    made: k % 4 === 3,
  }));
const plain = { features: { count: { scale: 'none' } } } as const;
const countsOf = (batches: readonly TensorBatch[]) =>
  batches.flatMap(({ xs }) => [...(xs.features?.values ?? [])]);
const bare = (batches: readonly TensorBatch[]) =>
  batches.map(({ xs, ys, rows: length, synthetic }) => ({ xs, ys, length, synthetic }));

describe('tensorBatches', () => {
  it('should give each row once, in full batches but for the last', async () => {
    const cases = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }));
    await fc.assert(
      fc.asyncProperty(cases, fc.nat(50), fc.nat(), async ([length, batch], shuffle, seed) => {
        const options = { ...plain, batch, shuffle, seed };

        const batches = await collect(tensorBatches(batchOf(numbered(length)), options));

        const all = Array.from({ length }, (_, k) => k);
        expect(countsOf(batches).toSorted((a, b) => a - b)).toEqual(all);
        if (shuffle === 0) expect(countsOf(batches)).toEqual(all);
        const sizes = batches.map((each) => each.rows);
        expect(sizes.slice(0, -1).every((size) => size === batch)).toBe(true);
        expect(sizes.at(-1)).toBe(length % batch || batch);
      }),
      runs,
    );
  });

  it('should give the same tensors for the same seed, however the rows are cut', async () => {
    const cases = fc.tuple(rows(30), cuts, fc.nat(10), fc.nat(12), fc.nat(30));
    await fc.assert(
      fc.asyncProperty(cases, async ([all, places, batch, shuffle, fitRows]) => {
        const whole = batchOf(all);
        const options = {
          ...({ target: 'label', mark: 'made', unknownTargets: 'drop' } as const),
          ...{ shuffle, seed: 3, batch: batch + 1, fitRows: fitRows + 1 },
        };

        const once = await collect(tensorBatches(whole, options));
        const cut = await collect(tensorBatches(cutBatch(whole, places), options));

        expect(bare(cut)).toEqual(bare(once));
        expect(cut.map(({ transform }) => transform.id)).toEqual(
          once.map(({ transform }) => transform.id),
        );
      }),
      runs,
    );
  });

  it('should put rows in another order for another seed, and mix them well', async () => {
    const order = async (seed: number) => {
      const options = { ...plain, batch: 10, shuffle: 100, seed };
      return countsOf(await collect(tensorBatches(batchOf(numbered(100)), options)));
    };

    const [first, second] = [await order(1), await order(2)];

    expect(first).not.toEqual(second);
    const inPlace = first.filter((count, place) => count === place).length;
    expect(inPlace).toBeLessThan(10);
  });

  it('should hold no more rows than the shuffle and a batch', async () => {
    const transform = await fitTensorTransform(batchOf(numbered(8)), plain);
    let pulled = 0;
    const source = (async function* () {
      for (;;) {
        pulled += 4;
        yield batchOf(numbered(4));
      }
    })();

    const iterator = tensorBatches(source, { transform, batch: 3, shuffle: 10 });
    let taken = 0;
    for await (const { rows: length } of iterator) {
      taken += length;
      expect(pulled - taken).toBeLessThanOrEqual(10 + 4);
      if (taken > 60) break;
    }
    expect(taken).toBe(63);
  });

  it('should fit on the first real rows, and use that for all', async () => {
    const all = numbered(12).map((each, k) => ({ ...each, made: k < 4, count: 100 * k }));
    const options = { features: ['count'], mark: 'made', batch: 12, fitRows: 2 } as const;

    const [batch] = await collect(tensorBatches(batchOf(all), options));

    // Rows 4 and 5 alone: mean 450, deviation 50.
    expect(batch?.xs.features?.values.slice(3, 7)).toEqual(Float32Array.of(-3, -1, 1, 3));
    expect(batch?.transform.rows).toBe(2);
    expect([...(batch?.synthetic ?? [])].slice(0, 6)).toEqual([1, 1, 1, 1, 0, 0]);
  });

  it('should say at the end what the rows were', async () => {
    const summaries: TensorSummary[] = [];
    const augmentations = [{ model: 'abc', recipe: 'tabular', ratio: 0.25, seed: '7' }];
    const batch = batchOf(numbered(12));
    const metadata = new Map([['gan-augment', JSON.stringify(augmentations)]]);
    const schema = new Schema(batch.schema.fields, metadata);
    const augmented = makeBatch(schema, batch.data.children, 12);
    const options = { ...plain, batch: 5, onEnd: (each: TensorSummary) => summaries.push(each) };

    const [first] = await collect(tensorBatches(augmented, { ...options, mark: 'made' }));
    await collect(tensorBatches(batch, options));

    const transform = first?.transform.id;
    const known = { syntheticRows: 3, syntheticShare: 0.25, augmentations };
    const unknown = { syntheticRows: null, syntheticShare: null, augmentations: [] };
    const rest = { rows: 12, droppedRows: 0 };
    expect(summaries).toEqual([
      { ...rest, ...known, transform },
      { ...rest, ...unknown, transform: expect.any(String) },
    ]);
  });

  it('should drop last rows that are too few where that is wanted, and count what comes out', async () => {
    const summaries: TensorSummary[] = [];
    const onEnd = (each: TensorSummary) => summaries.push(each);
    const options = { ...plain, batch: 5, rest: 'drop', shuffle: 3, onEnd } as const;

    const batches = await collect(tensorBatches(batchOf(numbered(13)), options));

    expect(batches.map((each) => each.rows)).toEqual([5, 5]);
    expect(summaries[0]?.rows).toBe(10);
  });

  it('should refuse a class that fitted rows lack, or leave its rows out if told', async () => {
    const known = numbered(4);
    const transform = await fitTensorTransform(batchOf(known), { ...plain, target: 'label' });
    const later = batchOf([...known, { ...(known[0] as Row), label: 'never', count: 9 }]);
    const summaries: TensorSummary[] = [];
    const options = { transform, batch: 2 };

    const refused = await collect(tensorBatches(later, options)).catch((error) => error);
    const dropped = await collect(
      tensorBatches(later, {
        ...options,
        unknownTargets: 'drop',
        onEnd: (each) => summaries.push(each),
      }),
    );

    expect(refused).toBeInstanceOf(DataError);
    expect(refused.message).toContain('lack: never. Classes: yes. Leave such rows out');
    expect(countsOf(dropped)).toEqual([0, 1, 2, 3]);
    expect(summaries[0]?.droppedRows).toBe(1);
  });

  it('should refuse synthetic rows among those that models are judged by', async () => {
    const batch = batchOf(numbered(4));
    const real = batchOf(numbered(3));
    const metadata = new Map([['gan-augment', JSON.stringify([{ ratio: 0.3 }])]]);
    const augmented = new Schema(batch.schema.fields, metadata);
    const transform = await fitTensorTransform(real, plain);
    const judge = (source: RecordBatch, mark?: string) =>
      collect(tensorBatches(source, { transform, batch: 4, synthetic: 'refuse', mark }));

    await expect(judge(batch, 'made')).rejects.toThrow('row 3');
    await expect(judge(makeBatch(augmented, real.data.children, 3))).rejects.toThrow('augmented');
    await expect(judge(real, 'made')).resolves.toHaveLength(1);
    await expect(judge(real)).resolves.toHaveLength(1);
  });

  it('should be empty for no rows where a transform is there', async () => {
    const transform = await fitTensorTransform(batchOf(numbered(3)), plain);

    expect(await collect(tensorBatches([], { transform, batch: 4 }))).toEqual([]);
    await expect(collect(tensorBatches([], { ...plain, batch: 4 }))).rejects.toThrow(DataError);
  });

  it('should refuse options that cannot be used at once', async () => {
    const transform = await fitTensorTransform(batchOf(numbered(3)), plain);
    const source = batchOf(numbered(3));

    expect(() => tensorBatches(source, undefined as never)).toThrow(InvalidOptionError);
    expect(() => tensorBatches(source, {} as never)).toThrow('batch must be');
    expect(() => tensorBatches(source, { batch: 0 })).toThrow('batch must be');
    expect(() => tensorBatches(source, { batch: 1, transform, target: 'label' })).toThrow(
      "'transform' and 'target' exclude each other",
    );
    expect(() => tensorBatches(source, { batch: 1, transform: {} as never })).toThrow(
      'fitTensorTransform',
    );
    expect(() => toTensors(undefined as never)).toThrow(InvalidOptionError);
  });

  it('should end with the reason of a signal, and close the source', async () => {
    const controller = new AbortController();
    let closed = false;
    const source = (async function* () {
      try {
        for (;;) yield batchOf(numbered(4));
      } finally {
        closed = true;
      }
    })();
    const options = { ...plain, batch: 2, fitRows: 2, signal: controller.signal };

    const iterator = tensorBatches(source, options)[Symbol.asyncIterator]();
    await iterator.next();
    controller.abort(new Error('enough'));

    await expect(iterator.next()).rejects.toThrow('enough');
    expect(closed).toBe(true);
  });
});

describe('toTensors', () => {
  it('should give what tensorBatches gives, pushed and pulled, each time anew', async () => {
    const batches = cutBatch(batchOf(numbered(10)), [3, 7]);
    const options = { ...plain, batch: 4, shuffle: 3 };
    const expected = bare(await collect(tensorBatches(batches, options)));
    const stream = fromBatches(batches).pipe(toTensors(options));

    for (let time = 0; time < 2; time++) {
      expect(bare(await lastValueFrom(stream.pipe(toArray())))).toEqual(expected);
      expect(bare(await collect(stream))).toEqual(expected);
    }
    const pushed = await lastValueFrom(from(batches).pipe(toTensors(options), toArray()));
    expect(bare(pushed)).toEqual(expected);
  });

  it('should close the source when nobody listens any more', async () => {
    let closed = false;
    const source = (async function* () {
      try {
        for (;;) yield batchOf(numbered(4));
      } finally {
        closed = true;
      }
    })();

    await lastValueFrom(toTensors({ ...plain, batch: 3, fitRows: 4 })(source).pipe(take(2)));
    await new Promise((resolve) => setImmediate(resolve));

    expect(closed).toBe(true);
  });
});
