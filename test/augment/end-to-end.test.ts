import { readdirSync, readlinkSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { concatWith, lastValueFrom, type OperatorFunction, take, tap, throwError } from 'rxjs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ganAugment } from '../../src/augment/gan-augment.js';
import { writeArrow, writeDataset, writeParquet } from '../../src/augment/stream/sinks.js';
import {
  fromBatches,
  readArrow,
  readCsv,
  readDataset,
  readParquet,
} from '../../src/augment/stream/sources.js';
import type { FileSummary } from '../../src/data/files/file-summary.js';
import { readBatches, writeBatches } from '../../src/data/open.js';
import { FileError } from '../../src/errors.js';
import type { Model } from '../../src/gan/model/model.js';
import { asyncFrom, collect } from '../data/support/arbitrary-batches.js';
import { useDirectory } from '../data/support/directory.js';
import { exactRows } from '../data/support/exact.js';
import { eventually } from '../support/eventually.js';
import { cutAt, hastyModel, penguins } from './penguins.js';

const directory = useDirectory();
let model: Model;
let batches: RecordBatch[];
let parquet: string;

beforeAll(async () => {
  const all = await penguins();
  model = await hastyModel(all);
  batches = Array.from({ length: 4 }, () => cutAt(all, [100, 200, 300])).flat();
  parquet = directory.fresh('parquet');
  await writeBatches(parquet, asyncFrom(batches), { rowGroupRows: 100 });
});

const augment = () => ganAugment({ ratio: 0.3, model });
/** Files below a directory that this process has open. */
function openFiles(path: string): string[] {
  return readdirSync('/proc/self/fd')
    .map((each) => {
      try {
        return readlinkSync(`/proc/self/fd/${each}`);
      } catch {
        return '';
      }
    })
    .filter((link) => link.startsWith(path));
}

type Sink = OperatorFunction<RecordBatch, FileSummary>;

const sinks: Record<string, [extension: string, (path: string) => Sink]> = {
  writeParquet: ['parquet', (path) => writeParquet(path, { rowGroupRows: 100 })],
  'writeArrow of a file': ['arrow', (path) => writeArrow(path)],
  'writeArrow of a stream': ['arrows', (path) => writeArrow(path)],
  writeDataset: ['dataset', (path) => writeDataset(path, { rowGroupRows: 20 })],
  'writeDataset of partitions': [
    'dataset',
    (path) => writeDataset(path, { partitionBy: ['species'], rowGroupRows: 20 }),
  ],
};

/** A folder of its own, the path of an output in it, and the sink. */
async function prepare(name: string) {
  const [extension, make] = sinks[name] as (typeof sinks)[string];
  const folder = directory.fresh('folder');
  await mkdir(folder);
  const path = join(folder, `out.${extension}`);
  return { folder, path, sink: make(path) };
}

describe.skipIf(process.platform !== 'linux')('a source that is left after its first batch', () => {
  const written: Record<string, [file: string, (path: string) => ReturnType<typeof readParquet>]> =
    {
      readParquet: ['in.parquet', readParquet],
      'readArrow of a file': ['in.arrow', readArrow],
      'readArrow of a stream': ['in.arrows', readArrow],
      readDataset: ['in', readDataset],
      readCsv: ['in.csv', readCsv],
    };

  it.each(Object.entries(written))('should close its file: %s', async (_, [name, read]) => {
    const folder = directory.fresh('folder');
    await mkdir(folder);
    const path = join(folder, name);
    if (name.endsWith('csv')) await writeFile(path, `a,b\n${'1,2\n'.repeat(300_000)}`);
    else if (name === 'in')
      await writeBatches(path, asyncFrom(batches), { partitionBy: ['sex'], rowGroupRows: 20 });
    else await writeBatches(path, asyncFrom(batches), { rowGroupRows: 100 });
    let open: string[] = [];
    const look = tap(() => {
      open = openFiles(folder);
    });

    await lastValueFrom(read(path).pipe(look, take(1)));

    expect(open).toHaveLength(1);
    await eventually(() => expect(openFiles(folder)).toEqual([]));
  });
});

describe.each(Object.keys(sinks))('%s', (name) => {
  it('should leave nothing, and no file open, when unsubscribed from in the middle', async () => {
    const { folder, sink } = await prepare(name);
    const seen = vi.fn();

    const subscription = readParquet(parquet).pipe(augment(), tap(seen), sink).subscribe();
    await eventually(() => expect(seen.mock.calls.length).toBeGreaterThan(3));
    subscription.unsubscribe();

    await eventually(() => expect(readdirSync(folder)).toEqual([]));
    if (process.platform === 'linux') {
      await eventually(() => expect(openFiles(folder)).toEqual([]));
      expect(openFiles(parquet)).toEqual([]);
    }
  });

  it('should fail the pipeline and close its source when it cannot write on', async () => {
    const { folder, sink } = await prepare(name);
    let closed = false;
    const source = (async function* () {
      try {
        for (let batch = 0; ; batch++) {
          // The output is under way, and then there is no place for it.
          if (batch === 6) await rm(folder, { recursive: true });
          if (batch === 10) return;
          yield batches[batch % batches.length] as RecordBatch;
        }
      } finally {
        closed = true;
      }
    })();

    const writing = lastValueFrom(fromBatches(source).pipe(augment(), sink));

    await expect(writing).rejects.toThrow(FileError);
    await expect(writing).rejects.toThrow(/output cannot be written/);
    expect(closed).toBe(true);
  });

  it('should fail before anything is read where it cannot write at all', async () => {
    const { folder, sink } = await prepare(name);
    await rm(folder, { recursive: true });
    const opened = vi.fn();
    const source = (async function* () {
      opened();
      yield* batches;
    })();

    const writing = lastValueFrom(fromBatches(source).pipe(augment(), sink));

    await expect(writing).rejects.toThrow(FileError);
    expect(opened).not.toHaveBeenCalled();
  });

  it('should give all or nothing, wherever its source fails', async () => {
    const failure = new Error('disk on fire');
    for (const count of [0, 1, 5, batches.length]) {
      const { folder, path, sink } = await prepare(name);
      const source = fromBatches(batches.slice(0, count)).pipe(
        concatWith(throwError(() => failure)),
      );

      await expect(lastValueFrom(source.pipe(augment(), sink))).rejects.toBe(failure);

      expect(readdirSync(folder)).toEqual([]);
      if (count < batches.length) continue;
      await lastValueFrom(fromBatches(batches).pipe(augment(), sink));
      expect(readdirSync(folder)).toEqual([path.slice(dirname(path).length + 1)]);
      expect(exactRows(await collect(readBatches(path)))).toHaveLength(Math.floor((1376 * 10) / 7));
    }
  });
});
