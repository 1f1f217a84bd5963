import { lastValueFrom, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { readParquetJs, writeParquetJs } from '../../../src/augment/stream/parquetjs.js';
import { fromBatches } from '../../../src/augment/stream/sources.js';
import { useDirectory } from '../../data/support/directory.js';
import { exampleBatch, stuck } from '../../data/support/example.js';
import { expectSameBatches } from '../../data/support/same-batches.js';

const directory = useDirectory();

describe('writeParquetJs', () => {
  it('should write what readParquetJs reads', async () => {
    const path = directory.fresh('parquet');

    const summary = await lastValueFrom(
      fromBatches([exampleBatch(0, 10), exampleBatch(10, 5)]).pipe(writeParquetJs(path)),
    );
    const batches = await lastValueFrom(readParquetJs(path).pipe(toArray()));

    expect(summary).toMatchObject({ path, format: 'parquet', rows: 15 });
    expectSameBatches(batches, [exampleBatch(0, 15)]);
  });

  it('should leave no file behind when it is unsubscribed from', async () => {
    const path = directory.fresh('parquet');
    const before = await directory.list();

    const subscription = fromBatches(stuck()).pipe(writeParquetJs(path)).subscribe();
    await expect.poll(() => directory.list()).not.toEqual(before);
    subscription.unsubscribe();

    await expect.poll(() => directory.list()).toEqual(before);
  });
});
