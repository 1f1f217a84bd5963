import type { RecordBatch } from 'apache-arrow';
import { lastValueFrom, of, toArray } from 'rxjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import { fitStream } from '../../src/augment/fit-stream.js';
import { ganAugment } from '../../src/augment/gan-augment.js';
import { writeParquet } from '../../src/augment/stream/sinks.js';
import { fromBatches, readParquet } from '../../src/augment/stream/sources.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import type { Model } from '../../src/gan/model/model.js';
import { asyncFrom, collect } from '../data/support/arbitrary-batches.js';
import { useDirectory } from '../data/support/directory.js';
import { exactRows } from '../data/support/exact.js';
import { bySecondCopy } from '../data/support/second-copy.js';
import { hastyModel, penguins } from './penguins.js';

const directory = useDirectory();
const options = { ratio: 0.3, mark: 'synthetic' } as const;
let batch: RecordBatch;
let foreign: RecordBatch[];
let model: Model;
let expected: unknown[][];

beforeAll(async () => {
  batch = await penguins();
  foreign = await bySecondCopy([batch]);
  model = await hastyModel(batch);
  expected = exactRows(await collect(augmentBatches(asyncFrom([batch]), { ...options, model })));
});

describe('batches of a second copy of apache-arrow', () => {
  it('should be augmented as those of the first', async () => {
    const out = await collect(augmentBatches(asyncFrom(foreign), { ...options, model }));

    expect(exactRows(out)).toEqual(expected);
  });

  it('should pass through the operator, from any source, to a file', async () => {
    const path = directory.fresh('parquet');

    const pushed = await lastValueFrom(
      of(...foreign).pipe(ganAugment({ ...options, model }), toArray()),
    );
    await lastValueFrom(
      fromBatches(foreign).pipe(ganAugment({ ...options, model }), writeParquet(path)),
    );

    expect(exactRows(pushed)).toEqual(expected);
    expect(exactRows(await collect(readParquet(path)))).toEqual(expected);
  });

  it('should train the same model, on either thread', async () => {
    const fit = { seed: 1, steps: 2 };
    const { schema } = foreign[0] as RecordBatch;

    const ids = [
      (await fitModel(schema, foreign, { ...fit, thread: 'caller' })).id,
      (await fitModel(schema, foreign, { ...fit, thread: 'worker' })).id,
      (await fitStream(asyncFrom(foreign), fit)).id,
    ];

    expect(new Set([...ids, model.id]).size).toBe(1);
  });
});
