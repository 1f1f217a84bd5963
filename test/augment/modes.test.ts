import type { RecordBatch } from 'apache-arrow';
import { lastValueFrom, toArray } from 'rxjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import type { AugmentEvent } from '../../src/augment/events.js';
import { ganAugment } from '../../src/augment/gan-augment.js';
import type { AugmentOptions } from '../../src/augment/options/augment-options.js';
import { fromBatches } from '../../src/augment/stream/sources.js';
import type { Model } from '../../src/gan/model/model.js';
import { asyncFrom, collect } from '../data/support/arbitrary-batches.js';
import { exactRows } from '../data/support/exact.js';
import { cutAt, hastyModel, penguins } from './penguins.js';

let all: RecordBatch;
let model: Model;

beforeAll(async () => {
  all = await penguins();
  model = await hastyModel(all);
});

const augment = (places: readonly number[], options: Partial<AugmentOptions>) =>
  collect(
    augmentBatches(asyncFrom(cutAt(all, places)), { ratio: 0.3, model, mark: 'm', ...options }),
  );
const realRows = (rows: unknown[][]) =>
  rows.filter((row) => !row.at(-1)).map((row) => row.slice(0, -1));

describe('mode replace', () => {
  it('should keep the sizes of batches, and the rows the same however they are cut', async () => {
    const [whole, cut] = [
      await augment([], { mode: 'replace', seed: 3 }),
      await augment([100, 250], { mode: 'replace', seed: 3 }),
    ];

    expect(cut.map(({ numRows }) => numRows)).toEqual([100, 150, 94]);
    expect(exactRows(cut)).toEqual(exactRows(whole));
    const expected = exactRows([all]);
    const kept = realRows(exactRows(whole));
    // 103 full shares of ten thirds make 344 rows.
    expect(kept).toHaveLength(344 - 103);
    expect(
      exactRows(whole).every(
        (row, k) => row.at(-1) || JSON.stringify(row.slice(0, -1)) === JSON.stringify(expected[k]),
      ),
    ).toBe(true);
  });
});

describe('a ratio for each class', () => {
  it('should add rows of each class to exactly its share', async () => {
    const ratio = { column: 'species', classes: { Gentoo: 0.5, Adelie: 0.2 } };

    const [out] = await augment([], { ratio });

    const [species, marks] = [out?.getChild('species'), out?.getChild('m')];
    const rows = Array.from({ length: out?.numRows ?? 0 }, (_, row) => ({
      name: String(species?.get(row)),
      synthetic: marks?.get(row) === true,
    }));
    const count = (name: string) => {
      const own = rows.filter((row) => row.name === name);
      const synthetic = own.filter((row) => row.synthetic).length;
      return [own.length - synthetic, synthetic];
    };
    expect([count('Adelie'), count('Gentoo'), count('Chinstrap')]).toEqual([
      [152, 38],
      [124, 124],
      [68, 0],
    ]);
  });
});

describe('limit', () => {
  it('should stop the synthetic rows, and not the real ones', async () => {
    const out = await augment([50, 100], { limit: 20 });

    expect(exactRows(out).filter((row) => row.at(-1))).toHaveLength(20);
    expect(realRows(exactRows(out))).toEqual(exactRows([all]));
  });
});

describe("fit.during 'pass'", () => {
  it('should let real rows through while a thread trains, then mix, and say where', async () => {
    const events: AugmentEvent[] = [];
    let isMixing = false;
    const source = (async function* () {
      while (!isMixing) {
        yield all;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      yield* [all, all];
    })();
    const progress = (event: AugmentEvent) => {
      events.push(event);
      isMixing ||= event.type === 'mixing-started';
    };

    const out = await lastValueFrom(
      fromBatches(source).pipe(
        ganAugment({
          ratio: 0.5,
          mark: 'm',
          progress,
          fit: { rows: 300, steps: 2, during: 'pass', sample: 'reservoir', after: 500 },
        }),
        toArray(),
      ),
    );

    const mixing = events.find((event) => event.type === 'mixing-started');
    const passed = mixing?.realRows ?? 0;
    const marks = exactRows(out).map((row) => row.at(-1));
    expect(passed).toBeGreaterThanOrEqual(2 * 344);
    expect(marks.slice(0, passed).every((mark) => !mark)).toBe(true);
    expect(marks.slice(passed)).toEqual(marks.slice(passed).map((_, k) => k % 2 === 1));
    expect(new Set(out.map(({ schema }) => schema)).size).toBe(1);
  });
});
