import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readParquetBatches } from '../../../src/data/parquet/read.js';
import { FormatError } from '../../../src/errors.js';
import { collect } from '../support/arbitrary-batches.js';

// Written by pyarrow: see make.py beside them.
const pathOf = (name: string) =>
  fileURLToPath(new URL(`foreign/encrypted-${name}.parquet`, import.meta.url));

describe('readParquetBatches of encrypted files', () => {
  it('should say that a file is encrypted', async () => {
    const reading = collect(readParquetBatches(pathOf('footer')));

    await expect(reading).rejects.toThrow(FormatError);
    await expect(reading).rejects.toThrow(/Parquet file is encrypted: .*footer\.parquet/);
  });

  it('should say which column is encrypted, and read the others', async () => {
    const path = pathOf('column');

    const [batch] = await collect(readParquetBatches(path, { columns: ['b'] }));
    const all = collect(readParquetBatches(path));

    await expect(all).rejects.toThrow(FormatError);
    await expect(all).rejects.toThrow(/Parquet column is encrypted: .*, row group 0, column 0/);
    expect([...(batch?.getChild('b') ?? [])]).toEqual(Array(10).fill('x'));
  });
});
