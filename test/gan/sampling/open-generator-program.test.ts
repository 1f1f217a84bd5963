import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleBatches } from '../../../src/augment/sample-batches.js';
import { ModelError } from '../../../src/errors.js';
import { loadModel } from '../../../src/gan/model/directory.js';
import { openGeneratorProgram } from '../../../src/gan/sampling/open-generator-program.js';
import { collect } from '../../data/support/arbitrary-batches.js';
import { exactRows } from '../../data/support/exact.js';

const load = () => loadModel(join(import.meta.dirname, '../model/saved/tabular'));

describe('openGeneratorProgram', () => {
  it('should make of a model that nobody vouches for the rows that a trusted one makes', async () => {
    const foreign = await load();
    const trusted = { ...foreign, isForeign: false };

    const [one, other] = await Promise.all(
      [foreign, trusted].map((model) => collect(sampleBatches(model, { rows: 50 }))),
    );

    expect(foreign.isForeign).toBe(true);
    expect(exactRows(one ?? [])).toEqual(exactRows(other ?? []));
  });

  it('should refuse runs of more rows than a stranger may ask for', async () => {
    const model = await load();

    const opening = openGeneratorProgram(model, 2 ** 22);

    await expect(opening).rejects.toThrow(ModelError);
    await expect(opening).rejects.toThrow(/MiB, and may take 300/);
  });

  it('should let its rows be given up at once', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const rows = sampleBatches(await load(), { rows: 50, signal: controller.signal });

    const first = rows[Symbol.asyncIterator]().next();
    controller.abort(reason);

    await expect(first).rejects.toBe(reason);
  });
});
