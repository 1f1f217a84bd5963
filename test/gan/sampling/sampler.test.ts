import type { RecordBatch } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Model } from '../../../src/gan/model/model.js';
import { openSampler } from '../../../src/gan/sampling/sampler.js';
import { hastyModel, penguins } from '../../augment/penguins.js';
import { exactRows } from '../../data/support/exact.js';

let all: RecordBatch;
let model: Model;

beforeAll(async () => {
  all = await penguins();
  model = await hastyModel(all);
});

describe('openSampler', () => {
  it('should make chunks of one size, keyed by their number alone', async () => {
    const sampler = await openSampler(model, { seed: 1, partition: 0 });

    const first = await sampler.chunk(1);
    const other = await sampler.chunk(2);
    const again = await sampler.chunk(1);

    expect(first.numRows).toBe(sampler.rows);
    expect(exactRows([again])).toEqual(exactRows([first]));
    expect(exactRows([other])).not.toEqual(exactRows([first]));
    await sampler.dispose();
  });

  it('should give batches of the schema that the model was trained on, within its bounds', async () => {
    const sampler = await openSampler(model, { seed: 1, partition: 0 });

    const chunk = await sampler.chunk(3);

    expect(chunk.schema).toBe(model.schema);
    for (const { name } of all.schema.fields) {
      const [seen, made] = [all, chunk].map((batch) =>
        [...(batch.getChild(name) ?? [])].filter((value) => value !== null),
      ) as [never[], never[]];
      if (typeof seen[0] === 'number') {
        expect(Math.min(...made)).toBeGreaterThanOrEqual(Math.min(...seen));
        expect(Math.max(...made)).toBeLessThanOrEqual(Math.max(...seen));
      } else {
        expect(new Set(seen)).toEqual(new Set([...seen, ...made]));
      }
    }
    await sampler.dispose();
  });
});
