import { type Field, type RecordBatch, Schema } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches, augmentWith } from '../../../src/augment/augment-batches.js';
import type { AugmentDependencies } from '../../../src/augment/dependencies.js';
import type { AugmentOptions } from '../../../src/augment/options/augment-options.js';
import { readProvenance } from '../../../src/augment/provenance/provenance.js';
import { translateBatches } from '../../../src/augment/translate-batches.js';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { gatherRuns } from '../../../src/data/batches/interleave.js';
import { readParquetBatches } from '../../../src/data/parquet/read.js';
import { writeParquetFile } from '../../../src/data/parquet/write.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import type { Model } from '../../../src/gan/model/model.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../data/support/directory.js';
import { exactRows } from '../../data/support/exact.js';
import { caseCount } from '../../support/cases.js';
import { headRows } from '../support/heads.js';
import { numberedTools } from '../support/numbered.js';
import { cutInto, hastyPairModel, pairRows } from '../support/translating.js';

const percents = fc.integer({ min: 1, max: 90 });
const cuts = fc.array(fc.nat(7), { maxLength: 5 });
const counts = fc.integer({ min: 0, max: 20 });
const gaps = fc.uniqueArray(fc.nat(19), { maxLength: 6 }).map((rows) => new Set(rows));
const [id, name, labels, mark] = [0, 2, 3, 4] as const;

const directory = useDirectory();
let model: Model;

beforeAll(async () => {
  model = await hastyPairModel();
});

/** Tools whose translations are the ancestors themselves. */
function copyingAncestors(): AugmentDependencies {
  return {
    ...numberedTools().tools,
    openTranslator: async () => ({
      async translate(batch, rows) {
        const runs = Array.from(rows, (start) => ({ source: 0, start, length: 1 }));
        return gatherRuns(batch.schema, [batch], runs);
      },
      dispose: async () => {},
    }),
  };
}

async function augmented(
  rows: RecordBatch,
  sizes: readonly number[],
  options: Omit<AugmentOptions, 'model'>,
): Promise<unknown[][]> {
  const all = { ...options, model, mark: 'made' };
  const out = await collect(augmentWith(copyingAncestors(), asyncFrom(cutInto(rows, sizes)), all));
  return exactRows(out);
}

/** What is left of a row that was translated. */
const rest = (row: readonly unknown[]) => JSON.stringify([row[id], row[name], row[labels]]);

describe('a derived row', () => {
  it('should always come from the real row before it, which has labels, at the exact share of these', async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(counts, gaps, percents, cuts, async (count, without, r, sizes) => {
        const rows = pairRows(count, without);

        const out = await augmented(rows, sizes, { ratio: r / 100 });

        let [real, eligible, synthetic] = [0, 0, 0];
        const all = exactRows([rows]);
        for (const row of out) {
          if (row[mark]) {
            expect(rest(row)).toBe(rest(all[real - 1] as unknown[]));
            expect(without.has(real - 1)).toBe(false);
            synthetic++;
          } else {
            expect(synthetic).toBe(Math.floor((eligible * r) / (100 - r)));
            expect(JSON.stringify(row.slice(0, -1))).toBe(JSON.stringify(all[real]));
            if (!without.has(real)) eligible++;
            real++;
          }
        }
        expect(real).toBe(count);
        expect(synthetic).toBe(Math.floor((eligible * r) / (100 - r)));
        made += synthetic;
      }),
      { numRuns: caseCount(60, 600) },
    );
    expect(made).toBeGreaterThan(caseCount(60, 600));
  });

  it("should come from the row in whose place it stands, in mode 'replace'", async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(counts, gaps, percents, cuts, async (count, without, r, sizes) => {
        const rows = pairRows(count, without);

        const out = await augmented(rows, sizes, { ratio: r / 100, mode: 'replace' });

        expect(out.map(rest)).toEqual(exactRows([rows]).map(rest));
        const synthetic = out.flatMap((row, place) => (row[mark] ? [place] : []));
        expect(synthetic.some((place) => without.has(place))).toBe(false);
        made += synthetic.length;
      }),
      { numRuns: caseCount(40, 400) },
    );
    expect(made).toBeGreaterThan(40);
  });

  it('should be of the class that makes it due, at a ratio for each', async () => {
    const rows = pairRows(20);
    const ratio = { column: 'name', classes: { 'row 1': 0.5 } };

    for (const placement of ['interleave', 'append'] as const) {
      const out = await augmented(rows, [3, 9], { ratio, placement });

      const synthetic = out.filter((row) => row[mark]);
      const due = exactRows([rows]).filter((_, number) => number % 5 === 1 && number % 4 !== 3);
      expect(due.length).toBeGreaterThan(1);
      expect(synthetic.map(rest)).toEqual(due.map(rest));
    }
  });

  it('should be no other row in a job of several partitions that count together', async () => {
    const rows = pairRows(20);
    const [whole, first] = [await augmented(rows, [], { ratio: 0.3 }), cutInto(rows, [7])];

    const parts = [
      ...(await augmented(first[0] as RecordBatch, [], { ratio: 0.3 })),
      ...(await augmented(first[1] as RecordBatch, [], {
        ratio: 0.3,
        rowsBefore: 7,
        partition: 1,
      })),
    ];

    expect(parts).toEqual(whole);
  });
});

describe('derived rows of a model', () => {
  it('should have the same bits for a seed, however rows are cut, and others for another seed', async () => {
    const rows = pairRows(9);
    const run = async (sizes: readonly number[], seed: number) =>
      exactRows(
        await collect(
          augmentBatches(asyncFrom(cutInto(rows, sizes)), {
            ratio: 0.6,
            model,
            seed,
            mark: 'made',
          }),
        ),
      );

    const whole = await run([], 1);

    expect(whole.filter((row) => row[mark])).toHaveLength(13);
    await fc.assert(
      fc.asyncProperty(cuts, async (sizes) => {
        expect(await run(sizes, 1)).toEqual(whole);
      }),
      { numRuns: caseCount(6, 60) },
    );
    expect(await run([], 2)).not.toEqual(whole);
  });

  it("should have tensors that are made of their own row's, at any ratio and however rows are cut", async () => {
    const rows = headRows(12, 3);
    const painter = await fitModel(rows.schema, [rows], {
      recipe: 'label-mean',
      translate: { from: 'labels', to: 'slice' },
      thread: 'caller',
    });
    // Without noise what is made depends on the row alone.
    const alone = exactRows(await collect(translateBatches(painter, [rows])));
    const expected = new Map(alone.map((row) => [row[0], JSON.stringify(row)]));
    expect(new Set(expected.values()).size).toBe(12);
    let made = 0;
    await fc.assert(
      fc.asyncProperty(percents, cuts, async (r, sizes) => {
        const source = asyncFrom(cutInto(rows, sizes));
        const options = { ratio: r / 100, model: painter, mark: 'made' };

        const out = exactRows(await collect(augmentBatches(source, options)));

        for (const row of out.filter((each) => each.at(-1))) {
          expect(JSON.stringify(row.slice(0, -1))).toBe(expected.get(row[0]));
          made++;
        }
      }),
      { numRuns: caseCount(10, 100) },
    );
    expect(made).toBeGreaterThan(10);
  });

  it('should keep what columns say of themselves, such as the window of a scan, into files', async () => {
    const rows = headRows(4, 3);
    const [patient, labels, slice] = rows.schema.fields as [Field, Field, Field];
    const nifti = JSON.stringify({ plane: 'axial', window: [-500, 400] });
    const said = slice.clone({ metadata: new Map([...slice.metadata, ['nifti', nifti]]) });
    const scans = makeBatch(new Schema([patient, labels, said]), rows.data.children, 4);
    const path = directory.fresh('parquet');

    const out = augmentBatches(asyncFrom([scans]), {
      ratio: 0.5,
      recipe: 'label-mean',
      translate: { from: 'labels', to: 'slice' },
    });
    await writeParquetFile(path, out);

    const [read] = await collect(readParquetBatches(path));
    expect(read?.schema.fields[2]?.metadata.get('nifti')).toBe(nifti);
  });

  it('should have noise of their own where one row is the ancestor of several', async () => {
    const [batch] = await collect(
      augmentBatches(asyncFrom([pairRows(1)]), { ratio: 0.75, model, mark: 'made' }),
    );

    const slices = exactRows([batch as RecordBatch]).map((row) => JSON.stringify(row[1]));

    expect(new Set(slices).size).toBe(4);
  });

  it('should be said to be derived, from what and to what', async () => {
    const [batch] = await collect(augmentBatches(asyncFrom([pairRows(3)]), { ratio: 0.5, model }));

    expect(readProvenance((batch as RecordBatch).schema.metadata)).toMatchObject([
      { recipe: 'pix2pix', derived: { source: 'labels', made: 'slice' } },
    ]);
  });

  it('should be those that translateBatches makes alone, of the rows that have labels', async () => {
    const rows = pairRows(5, new Set([2]));
    const mixed = await collect(
      augmentBatches(asyncFrom([rows]), { ratio: 0.5, model, mark: 'made' }),
    );
    const expected = exactRows(mixed).flatMap((row) => (row[mark] ? [row.slice(0, -1)] : []));

    const alone = await collect(translateBatches(model, asyncFrom(cutInto(rows, [2]))));
    const few = await collect(translateBatches(model, asyncFrom([rows]), { rows: 2 }));

    expect(expected).toHaveLength(4);
    expect(exactRows(alone)).toEqual(expected);
    expect(exactRows(few)).toEqual(expected.slice(0, 2));
    expect(readProvenance((alone[0] as RecordBatch).schema.metadata)).toMatchObject([{ ratio: 1 }]);
  });
});
