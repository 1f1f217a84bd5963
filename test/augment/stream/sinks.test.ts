import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { concatWith, lastValueFrom, map, NEVER, of, throwError, toArray } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeArrow, writeDataset, writeParquet } from '../../../src/augment/stream/sinks.js';
import {
  fromBatches,
  readArrow,
  readDataset,
  readParquet,
} from '../../../src/augment/stream/sources.js';
import { exactRows } from '../../data/support/exact.js';
import { penguins } from '../penguins.js';

let directory: string;
let all: RecordBatch;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gan-augment-'));
  all = await penguins();
});
afterEach(() => rm(directory, { recursive: true }));

/** A row as text that does not depend on the order of its columns. */
const sorted = (row: { toJSON(): object }) => JSON.stringify(Object.entries(row.toJSON()).sort());

describe('sources and sinks', () => {
  it('should copy Parquet to Arrow file to Arrow stream to Parquet', async () => {
    const path = (name: string) => join(directory, name);
    await lastValueFrom(readParquet('fixtures/penguins.parquet').pipe(writeArrow(path('a.arrow'))));
    await lastValueFrom(
      readArrow(path('a.arrow')).pipe(writeArrow(path('b.arrows'), { format: 'arrow-stream' })),
    );

    const summary = await lastValueFrom(
      readArrow(path('b.arrows')).pipe(writeParquet(path('c.parquet'))),
    );

    const copied = await lastValueFrom(readParquet(path('c.parquet')).pipe(toArray()));
    expect(summary).toMatchObject({ path: path('c.parquet'), rows: 344 });
    expect(exactRows(copied)).toEqual(exactRows([all]));
  });

  it('should copy to a dataset and back', async () => {
    const path = join(directory, 'dataset');

    const summary = await lastValueFrom(
      fromBatches([all]).pipe(writeDataset(path, { partitionBy: ['species'] })),
    );

    const copied = await lastValueFrom(readDataset(path).pipe(toArray()));
    expect(summary).toMatchObject({ path, rows: 344, files: 3 });
    expect(copied.flatMap((batch) => batch.toArray().map(sorted)).sort()).toEqual(
      all.toArray().map(sorted).sort(),
    );
  });

  it('should take batches through any other operator', async () => {
    const path = join(directory, 'a.parquet');

    const { rows } = await lastValueFrom(
      fromBatches([all, all]).pipe(
        map((batch) => batch),
        writeParquet(path),
      ),
    );

    expect(rows).toBe(688);
  });

  it('should leave nothing behind, and pass the error on, when the source fails', async () => {
    const failure = new Error('disk on fire');
    const source = of(all).pipe(concatWith(throwError(() => failure)));

    const writing = lastValueFrom(source.pipe(writeParquet(join(directory, 'a.parquet'))));

    await expect(writing).rejects.toBe(failure);
    expect(await readdir(directory)).toEqual([]);
  });

  it('should leave nothing behind when unsubscribed from', async () => {
    const source = of(all).pipe(concatWith(NEVER));
    const wait = { timeout: 60_000 };

    const subscription = source.pipe(writeParquet(join(directory, 'a.parquet'))).subscribe();
    await vi.waitFor(async () => expect(await readdir(directory)).toHaveLength(1), wait);
    subscription.unsubscribe();

    await vi.waitFor(async () => expect(await readdir(directory)).toEqual([]), wait);
  });
});
