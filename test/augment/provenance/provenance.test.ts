import type { RecordBatch } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../src/augment/augment-batches.js';
import { readOutcome } from '../../../src/augment/provenance/outcome.js';
import { readProvenance } from '../../../src/augment/provenance/provenance.js';
import { fingerprintRows } from '../../../src/data/content/fingerprint.js';
import { readBatches, writeBatches } from '../../../src/data/open.js';
import type { Model } from '../../../src/gan/model/model.js';
import { version } from '../../../src/version.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../data/support/directory.js';
import { hastyModel, penguins } from '../penguins.js';

const directory = useDirectory();
let all: RecordBatch;
let model: Model;

beforeAll(async () => {
  all = await penguins();
  model = await hastyModel(all);
});

describe('provenance', () => {
  it.each(['a.parquet', 'a.arrow', 'a.arrows'])('should survive %s', async (name) => {
    const path = directory.fresh(name);
    const options = {
      ratio: 0.3,
      seed: 7n,
      model,
      mode: 'replace',
      placement: 'append',
      limit: 50,
      where: { species: 'Gentoo' },
      clock: () => new Date(Date.UTC(2026, 0, 2, 3, 4, 5)),
    } as const;

    await writeBatches(path, augmentBatches(asyncFrom([all]), options));

    const [batch] = await collect(readBatches(path));
    expect(readProvenance(batch?.schema.metadata ?? new Map())).toEqual([
      {
        version,
        model: model.id,
        recipe: model.manifest.recipe.name,
        ratio: 0.3,
        seed: '7n',
        partition: 0,
        mode: 'replace',
        placement: 'append',
        limit: 50,
        fingerprint: fingerprintRows(all.schema, [all]),
        where: { species: 'Gentoo' },
        time: '2026-01-02T03:04:05.000Z',
      },
    ]);
  });

  it('should not keep the outcome of an earlier augmentation', async () => {
    const [first, second] = [directory.fresh('parquet'), directory.fresh('arrow')];
    await writeBatches(first, augmentBatches(asyncFrom([all]), { ratio: 0.3, model }));

    await writeBatches(second, augmentBatches(readBatches(first), { ratio: 0.5, model }));

    const metadata = async (path: string) =>
      (await collect(readBatches(path)))[0]?.schema.metadata ?? new Map();
    expect(readOutcome(await metadata(first))?.syntheticRows).toBe(147);
    expect(readOutcome(await metadata(second))).toBeUndefined();
    expect(readProvenance(await metadata(second))).toHaveLength(2);
  });
});
