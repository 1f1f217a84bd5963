import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentWith } from '../../../src/augment/augment-batches.js';
import type { AugmentOptions } from '../../../src/augment/options/augment-options.js';
import { sliceBatch } from '../../../src/data/batches/interleave.js';
import type { Model } from '../../../src/gan/model/model.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { exactRows } from '../../data/support/exact.js';
import { caseCount } from '../../support/cases.js';
import { cutAt, hastyModel, penguins } from '../penguins.js';
import { rememberingTools } from '../support/copying.js';

let some: RecordBatch;
let model: Model;

beforeAll(async () => {
  const all = await penguins();
  model = await hastyModel(all);
  some = sliceBatch(all, 130, 160);
});

const cuts = fc.array(fc.nat(30), { maxLength: 5 });
const options = fc.record({
  ratio: fc.oneof(
    fc.integer({ min: 1, max: 80 }).map((percent) => percent / 100),
    fc.constant({ column: 'species', classes: { Adelie: 0.4, Chinstrap: 0.2 }, otherwise: 0.1 }),
  ),
  seed: fc.nat(3),
  partition: fc.nat(1),
  mode: fc.constantFrom('append', 'replace'),
  limit: fc.option(fc.nat(10), { nil: undefined }),
}) as fc.Arbitrary<AugmentOptions>;

describe('the same seed, data and model', () => {
  it('should always give the same rows, bit for bit, however they are cut into batches', async () => {
    const tools = rememberingTools();
    const run = async (places: readonly number[], given: AugmentOptions) => {
      const stream = augmentWith(tools, asyncFrom(cutAt(some, places)), { ...given, model });
      return JSON.stringify(exactRows(await collect(stream)));
    };
    const different = new Set<string>();
    await fc.assert(
      fc.asyncProperty(cuts, options, async (places, given) => {
        const [whole, cut] = [await run([], given), await run(places, given)];

        expect(cut === whole).toBe(true);
        different.add(whole);
      }),
      { numRuns: caseCount(125, 1000) },
    );
    expect(different.size).toBeGreaterThan(caseCount(40, 300));
  });
});
