import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectDataset } from '../../../src/data/dataset/inspect.js';
import { writeBatches } from '../../../src/data/open.js';
import { FileError, SchemaError } from '../../../src/errors.js';
import { asyncFrom } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { exampleBatch } from '../support/example.js';

const directory = useDirectory();

describe('inspectDataset', () => {
  it('should count files, rows, bytes and partitions, and tell the columns of all', async () => {
    const path = directory.fresh('dataset');
    const written = await writeBatches(path, asyncFrom([exampleBatch(0, 30)]), {
      partitionBy: ['name'],
      metadata: { source: 'survey' },
    });

    const found = await inspectDataset(path);

    expect(found).toMatchObject({
      path,
      format: 'dataset',
      formats: ['parquet'],
      rows: 30,
      bytes: written.bytes,
      partitions: [{ name: 'name', type: 'utf8', values: 21 }],
      metadata: { source: 'survey', origin: 'test' },
    });
    expect(found.columns.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'int32'],
      ['name', 'utf8'],
    ]);
    expect(found.files).toHaveLength(21);
    expect(found.files[0]).toMatchObject({
      path: 'name=__HIVE_DEFAULT_PARTITION__/part-0.parquet',
      rows: 10,
    });
  });

  it('should refuse files that do not fit together, and a directory without any', async () => {
    const [mixed, empty] = [directory.fresh('folder'), directory.fresh('folder')];
    for (const each of [mixed, empty]) await mkdir(each);
    await writeBatches(join(mixed, 'a.parquet'), asyncFrom([exampleBatch(0, 3)]));
    await writeFile(join(mixed, 'b.csv'), 'x,y\n1,2\n');
    await writeBatches(join(mixed, 'c.parquet'), asyncFrom([exampleBatch(0, 3)]));

    await expect(inspectDataset(mixed)).rejects.toThrow(SchemaError);
    await expect(inspectDataset(empty)).rejects.toThrow(FileError);
  });
});
