import { type RecordBatch, RecordBatchStreamWriter } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import { readProvenance } from '../../src/augment/provenance/provenance.js';
import { concatenateBatches } from '../../src/data/batches/interleave.js';
import { GanAugmentError, InvalidOptionError, SchemaError } from '../../src/errors.js';
import type { Model } from '../../src/gan/model/model.js';
import {
  arbitraryBatches,
  asyncFrom,
  collect,
  commonTypes,
} from '../data/support/arbitrary-batches.js';
import { exactRows } from '../data/support/exact.js';
import { sameSchema } from '../data/support/same-schema.js';
import { cutAt, hastyModel, penguins } from './penguins.js';

let all: RecordBatch;
let model: Model;

beforeAll(async () => {
  all = await penguins();
  model = await hastyModel(all);
});

const cuts = fc.array(fc.nat(), { maxLength: 8 });
const ratios = fc.oneof(
  fc.constantFrom(0.1, 0.25, 0.3, 0.5, 0.75, 0.9),
  fc.integer({ min: 1, max: 93 }).map((percent) => percent / 100),
);

/** Rows of the output, told apart by their mark in the last column. */
function split(batches: readonly RecordBatch[]) {
  const rows = exactRows(batches);
  const withoutMark = (row: unknown[]) => row.slice(0, -1);
  return {
    marks: rows.map((row) => row.at(-1) as boolean),
    real: rows.filter((row) => !row.at(-1)).map(withoutMark),
    synthetic: rows.filter((row) => row.at(-1)).map(withoutMark),
  };
}

const bytesOf = (batches: readonly RecordBatch[]) => {
  const whole = concatenateBatches((batches[0] as RecordBatch).schema, batches);
  // Compared as text: comparing long arrays element by element takes seconds.
  return Buffer.from(RecordBatchStreamWriter.writeAll([whole]).toUint8Array(true)).toString(
    'base64',
  );
};

describe('augmentBatches', () => {
  it('should put out exactly the due synthetic rows after every batch, however rows are cut', async () => {
    await fc.assert(
      fc.asyncProperty(cuts, ratios, async (places, ratio) => {
        const numerator = Math.round(ratio * 100);
        const source = cutAt(all, places);
        let [real, synthetic] = [0, 0];

        const stream = augmentBatches(asyncFrom(source), { ratio, model, mark: 'synthetic' });
        for await (const batch of stream) {
          const { marks } = split([batch]);
          real += marks.filter((mark) => !mark).length;
          synthetic += marks.filter((mark) => mark).length;

          expect(synthetic).toBe(Math.floor((real * numerator) / (100 - numerator)));
        }

        expect(real).toBe(all.numRows);
      }),
      { numRuns: 60 },
    );
  });

  it('should pass real rows on in order, bit for bit', async () => {
    const expected = exactRows([all]);
    await fc.assert(
      fc.asyncProperty(cuts, ratios, fc.boolean(), async (places, ratio, append) => {
        const placement = append ? 'append' : 'interleave';
        const source = asyncFrom(cutAt(all, places));

        const out = await collect(
          augmentBatches(source, { ratio, model, placement, mark: 'synthetic' }),
        );

        expect(split(out).real).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('should let each synthetic row follow the real row that makes it due', async () => {
    const out = await collect(
      augmentBatches(asyncFrom([all]), { ratio: 0.3, model, mark: 'synthetic' }),
    );

    const { marks } = split(out);
    // 7 real rows owe 3: the first is due after row 3, the second after row 5, the third after row 7.
    const period = [false, false, false, true, false, false, true, false, false, true];
    expect(marks).toEqual(marks.map((_, k) => period[k % 10]));
  });

  it("should put a batch's synthetic rows at its end when appending", async () => {
    const out = await collect(
      augmentBatches(asyncFrom([all]), {
        ratio: 0.5,
        model,
        placement: 'append',
        mark: 'synthetic',
      }),
    );

    expect(split(out).marks).toEqual(Array.from({ length: 688 }, (_, k) => k >= 344));
  });

  it('should give the same rows bit for bit for the same seed, however rows are cut', async () => {
    const run = (places: readonly number[], ratio: number, seed: number) =>
      collect(augmentBatches(asyncFrom(cutAt(all, places)), { ratio, model, seed }));
    await fc.assert(
      fc.asyncProperty(cuts, cuts, ratios, fc.nat(), async (one, other, ratio, seed) => {
        const [a, b] = [await run(one, ratio, seed), await run(other, ratio, seed)];

        expect(bytesOf(a) === bytesOf(b)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('should fit on the stream to the same rows bit for bit, however rows are cut', async () => {
    const run = (places: readonly number[]) =>
      collect(
        augmentBatches(asyncFrom(cutAt(all, places)), {
          ratio: 0.3,
          seed: 5,
          fit: { steps: 2, rows: 300 },
        }),
      );
    const expected = bytesOf(await run([]));

    await fc.assert(
      fc.asyncProperty(cuts, async (places) => {
        expect(bytesOf(await run(places)) === expected).toBe(true);
      }),
      { numRuns: 4 },
    );
  });

  it('should give other rows for another seed or partition', async () => {
    const run = async (seed: number, partition: number) =>
      split(
        await collect(
          augmentBatches(asyncFrom([all]), { ratio: 0.3, model, seed, partition, mark: 'm' }),
        ),
      ).synthetic;

    const [base, seeded, partitioned] = [await run(1, 0), await run(2, 0), await run(1, 1)];

    expect(seeded).not.toEqual(base);
    expect(partitioned).not.toEqual(base);
  });

  it('should keep the columns and say in the metadata how the data was augmented', async () => {
    await fc.assert(
      fc.asyncProperty(cuts, ratios, async (places, ratio) => {
        const out = await collect(
          augmentBatches(asyncFrom(cutAt(all, places)), { ratio, model, seed: 9 }),
        );

        for (const { schema } of out) {
          expect(schema).toBe(out[0]?.schema);
          expect(sameSchema(schema, all.schema)).toBe(true);
          expect(schema.fields.every((field, k) => field === all.schema.fields[k])).toBe(true);
          expect(readProvenance(schema.metadata)).toEqual([
            expect.objectContaining({ model: model.id, recipe: 'tabular', ratio, seed: '9' }),
          ]);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('should add to the provenance of data that was augmented before', async () => {
    const once = await collect(augmentBatches(asyncFrom([all]), { ratio: 0.3, model }));
    const twice = await collect(augmentBatches(asyncFrom(once), { ratio: 0.1, model }));

    const entries = readProvenance(twice[0]?.schema.metadata ?? new Map());
    expect(entries.map((entry) => entry.ratio)).toEqual([0.3, 0.1]);
  });

  it('should be the identity at ratio 0, to the very batches', async () => {
    const source = cutAt(all, [10, 20]);

    const out = await collect(augmentBatches(asyncFrom(source), { ratio: 0 }));

    expect(out).toHaveLength(source.length);
    expect(out.every((batch, k) => batch === source[k])).toBe(true);
  });

  it('should mark all rows as real at ratio 0, without a model', async () => {
    const out = await collect(augmentBatches(asyncFrom([all]), { ratio: 0, mark: 'synthetic' }));

    expect(split(out).marks.every((mark) => !mark)).toBe(true);
    expect(split(out).real).toEqual(exactRows([all]));
  });

  it('should pass a stream that is too short to owe a row, without training', async () => {
    const two = cutAt(all, [2])[0] as RecordBatch;

    const out = await collect(augmentBatches(asyncFrom([two]), { ratio: 0.3 }));

    expect(exactRows(out)).toEqual(exactRows([two]));
  });

  it('should give nothing for a stream without batches', async () => {
    expect(await collect(augmentBatches(asyncFrom([]), { ratio: 0.3 }))).toEqual([]);
  });

  it('should pass batches without rows on as such', async () => {
    const empty = cutAt(all, [0])[0] as RecordBatch;

    const out = await collect(
      augmentBatches(asyncFrom([empty, all, empty]), { ratio: 0.3, model }),
    );

    expect(out.map((batch) => batch.numRows)).toEqual([0, 491, 0]);
  });

  it('should carry real rows of any type through training and mixing, or refuse the column', async () => {
    const types = arbitraryBatches(commonTypes, { minColumns: 1, maxRows: 30 });
    let carried = 0;
    await fc.assert(
      fc.asyncProperty(types, async (batches) => {
        const schema = (batches[0] as RecordBatch).schema;
        const fit = { steps: 1, thread: 'caller' } as const;
        const options = { ratio: 0.5, mark: 'synthetic', fit };
        try {
          const out = await collect(augmentBatches(asyncFrom(batches), options));

          expect(split(out).real).toEqual(exactRows(batches));
          const synthetic = split(out).synthetic.length;
          expect(synthetic).toBe(exactRows(batches).length);
          for (const [k, field] of schema.fields.entries()) {
            expect(out[0]?.schema.fields[k]).toBe(field);
          }
          carried++;
        } catch (error) {
          if (!GanAugmentError.isInstance(error)) throw error;
          expect(error.message).toMatch(/column|at least 2 rows/);
        }
      }),
      { numRuns: 40 },
    );
    // Which columns are refused is up to chance.
    expect(carried).toBeGreaterThan(0);
  });

  it('should end at once when aborted while it waits for a model', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const closed = vi.fn();
    const source = (async function* () {
      try {
        yield all;
      } finally {
        closed();
      }
    })();
    const never = new Promise<Model>(() => {});

    const mixing = collect(
      augmentBatches(source, { ratio: 0.3, model: never, signal: controller.signal }),
    );
    setTimeout(() => controller.abort(reason), 20);

    await expect(mixing).rejects.toBe(reason);
    expect(closed).toHaveBeenCalledOnce();
  });

  it('should answer return() while it waits for a model', async () => {
    const never = () => new Promise<Model>(() => {});
    const stream = augmentBatches(asyncFrom([all]), { ratio: 0.3, model: never });
    const iterator = stream[Symbol.asyncIterator]();

    const pending = iterator.next();
    const returned = await iterator.return?.();

    expect(returned).toEqual({ done: true, value: undefined });
    expect(await pending).toEqual({ done: true, value: undefined });
  });

  it('should raise the cause of a failure, not what fails in closing after it', async () => {
    const source: AsyncIterable<RecordBatch> = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false, value: all }),
        return: () => Promise.reject(new Error('close failed')),
      }),
    };
    const onStep = () => {
      throw new Error('the real cause');
    };

    const mixing = collect(
      augmentBatches(source, { ratio: 0.3, fit: { steps: 2, rows: 100, onStep } }),
    );

    await expect(mixing).rejects.toThrow('the real cause');
  });

  it('should train with its own seed where fit has none, and wait for rows without hoarding', async () => {
    const model = async (options: object) => {
      const empty = cutAt(all, [0])[0] as RecordBatch;
      const source = asyncFrom([...Array<RecordBatch>(500).fill(empty), all]);
      const out = await collect(
        augmentBatches(source, { ratio: 0.3, fit: { steps: 1 }, ...options }),
      );
      expect(out.length).toBeLessThan(10);
      return readProvenance(out[0]?.schema.metadata ?? new Map())[0]?.model;
    };

    const seven = await model({ seed: 7 });

    expect(await model({ seed: 7, fit: { steps: 1, seed: undefined } })).toBe(seven);
    expect(await model({ seed: 8 })).not.toBe(seven);
  });

  it('should keep what it plans and holds in bounds at a ratio next to 1', async () => {
    const one = cutAt(all, [1])[0] as RecordBatch;
    const stream = augmentBatches(asyncFrom([one]), { ratio: 0.999_999_999, model });
    const iterator = stream[Symbol.asyncIterator]();

    const first = await iterator.next();
    await iterator.return?.();

    expect(first.value?.numRows).toBeLessThanOrEqual(65_537);
  });

  describe('refuses', () => {
    it('options that cannot be used, at once', () => {
      const start = (options: object) => () => augmentBatches(asyncFrom([]), options as never);

      expect(start({ ratio: 2 })).toThrow(InvalidOptionError);
      expect(start({ ratio: 0.3, model, fit: {} })).toThrow(/'model' and 'fit' exclude each other/);
      expect(start({ ratio: 0.3, seed: {} })).toThrow(/seed must be a number/);
      expect(start({ ratio: 0.3, seed: Number.NaN })).toThrow(/seed must be a number/);
      expect(start({ ratio: 0.3, fit: { seed: [] } })).toThrow(/fit.seed must be a number/);
      expect(start({ ratio: 0.3, model: null })).toThrow(/model must be a model/);
      expect(start({ ratio: 0.3, model: 42 })).toThrow(/model must be a model/);
      expect(start({ ratio: 0.3, placement: 'top' })).toThrow(/placement must be/);
      expect(start({ ratio: 0.3, mark: '' })).toThrow(/mark must be/);
      expect(start({ ratio: 0.3, partition: -1 })).toThrow(/partition must be/);
      expect(start({ ratio: 0.3, fit: { rows: 1 } })).toThrow(/fit.rows must be/);
      expect(start({ ratio: 0.3, fit: { unmodelled: 'drop' } })).toThrow(
        /fit.unmodelled must be 'null' or 'refuse': 'drop' \(a string\)/,
      );
      expect(start({ ratio: 0.3, fit: { steps: 0 } })).toThrow(/fit.steps must be/);
      expect(start({ ratio: 0.3, fit: { during: 'wait' } })).toThrow(
        /fit.during must be 'hold' or/,
      );
      expect(start({ ratio: 0.3, fit: { sample: 'reservoir' } })).toThrow(
        /needs fit.during 'pass'/,
      );
      expect(start({ ratio: 0.3, fit: { after: 1 } })).toThrow(/fit.after must be a whole number/);
      expect(start({ ratio: 0.3, mode: 'add' })).toThrow(/mode must be 'append' or 'replace'/);
      expect(start({ ratio: 0.3, limit: -1 })).toThrow(/limit must be a whole number/);
      expect(start({ ratio: 0.3, progress: {} })).toThrow(/progress must be a function or/);
      expect(start({ ratio: { classes: {} } })).toThrow(/ratio.column must be the name/);
      expect(start({ ratio: { column: 'a' } })).toThrow(/ratio.classes must be ratios by class/);
      expect(start({ ratio: { column: 'a', classes: { b: 1 } } })).toThrow(
        /classes\['b'\] must be/,
      );
      expect(start({ ratio: 0.3, fit: { engine: 'cuda' } })).toThrow(/fit.engine must be one of/);
    });

    it('a model of another schema, naming the column', async () => {
      const other = await collect(
        augmentBatches(asyncFrom([all]), { ratio: 0.3, model, mark: 'synthetic' }),
      );

      const mixing = collect(augmentBatches(asyncFrom(other), { ratio: 0.3, model }));

      await expect(mixing).rejects.toThrow(SchemaError);
      await expect(mixing).rejects.toThrow(/trained on other columns.*column 'synthetic' is new/);
    });

    it('a mark with the name of a column', async () => {
      const mixing = collect(augmentBatches(asyncFrom([all]), { ratio: 0.3, model, mark: 'sex' }));

      await expect(mixing).rejects.toThrow(/column 'sex' exists already/);
    });

    it('batches of different columns in one stream', async () => {
      const marked = await collect(
        augmentBatches(asyncFrom([all]), { ratio: 0, mark: 'synthetic' }),
      );

      const mixing = collect(augmentBatches(asyncFrom([all, ...marked]), { ratio: 0.3, model }));

      await expect(mixing).rejects.toThrow(/batch 1 of the stream has another schema.*'synthetic'/);
    });

    it('a model directory that does not exist', async () => {
      const mixing = collect(augmentBatches(asyncFrom([all]), { ratio: 0.3, model: 'no/such' }));

      await expect(mixing).rejects.toThrow(/no\/such/);
    });
  });
});
