import { access } from 'node:fs/promises';
import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentWith } from '../../../src/augment/augment-batches.js';
import { readBatches, writeBatches } from '../../../src/data/open.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../data/support/directory.js';
import { failing } from '../../data/support/example.js';
import { caseCount } from '../../support/cases.js';
import {
  mixedNumbers,
  numberedBatches,
  numberedModel,
  numberedTools,
  numbersOf,
} from '../support/numbered.js';

const directory = useDirectory();
const failure = new Error('disk on fire');

describe.each(['parquet', 'arrow'])('an augmented .%s file', (extension) => {
  it('should always be there whole, or not at all', async () => {
    const sizes = fc.array(fc.nat(5), { minLength: 1, maxLength: 4 });
    const fates = fc.constantFrom('source fails', 'aborted', 'whole');
    await fc.assert(
      fc.asyncProperty(sizes, fates, fc.nat(4), async (each, fate, place) => {
        const path = directory.fresh(extension);
        const controller = new AbortController();
        const batches = numberedBatches(each);
        const given = fate === 'source fails' ? failing(batches, failure) : asyncFrom(batches);
        let emitted = 0;
        const watched = (async function* (): AsyncGenerator<RecordBatch, void, undefined> {
          for await (const batch of given) {
            if (fate === 'aborted' && emitted++ === place) controller.abort(failure);
            yield batch;
          }
        })();
        const options = { ratio: 0.4, model: numberedModel(), signal: controller.signal };
        const stream = augmentWith(numberedTools().tools, watched, options);

        const error = await writeBatches(path, stream).then(
          () => undefined,
          (raised: unknown) => raised,
        );

        const isThere = await access(path).then(
          () => true,
          () => false,
        );
        expect(error === undefined).toBe(isThere);
        if (error) expect(error).toBe(failure);
        else {
          const rows = each.reduce((sum, size) => sum + size, 0);
          expect(numbersOf(await collect(readBatches(path)))).toEqual(mixedNumbers(rows, 4));
        }
        if (fate === 'source fails') expect(isThere).toBe(false);
        if (fate === 'whole') expect(isThere).toBe(true);
      }),
      { numRuns: caseCount(62, 500) },
    );
    expect((await directory.list()).filter((name) => name.includes('tmp'))).toEqual([]);
  });
});
