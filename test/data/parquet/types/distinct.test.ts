import { readFile } from 'node:fs/promises';
import {
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  type RecordBatch,
  Schema,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { parquetMetadata } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../../src/data/batches/batch.js';
import { readParquetBatches } from '../../../../src/data/parquet/read.js';
import { distinctColumns } from '../../../../src/data/parquet/types/distinct.js';
import { writeParquetFile } from '../../../../src/data/parquet/write.js';
import { asyncFrom, collect } from '../../support/arbitrary-batches.js';
import { useDirectory } from '../../support/directory.js';
import { expectSameBatches } from '../../support/same-batches.js';

const directory = useDirectory();

/** Columns whose values all differ, and one each that has few, or that is no number. */
function table(rows: number): RecordBatch {
  const numbers = Array.from({ length: rows }, (_, row) => row);
  const big = BigInt64Array.from(numbers, (row) => BigInt(row) * 1_000_003n);
  const columns = {
    'a.b': makeData({ type: new Int64(), data: big }),
    time: makeData({ type: new TimestampMicrosecond(), data: big }),
    float: makeData({ type: new Float64(), data: Float64Array.from(numbers, Math.sqrt) }),
    few: makeData({ type: new Int32(), data: Int32Array.from(numbers, (row) => row % 50) }),
    text: vectorFromArray(numbers.map(String), new Utf8()).data[0],
  };
  const fields = Object.entries(columns).map(
    ([name, data]) => new Field(name, data?.type ?? new Utf8(), false),
  );
  return makeBatch(new Schema(fields), Object.values(columns) as never, rows);
}

describe('distinctColumns', () => {
  it('should name columns of numbers and times that hardly ever come twice', () => {
    expect(distinctColumns(table(20_000))).toEqual(['a.b', 'time', 'float']);
  });

  it('should name none of few rows', () => {
    expect(distinctColumns(table(1000))).toEqual([]);
    expect(distinctColumns(table(0))).toEqual([]);
  });

  it('should not count nulls', () => {
    const { data } = table(20_000);
    const nullBitmap = new Uint8Array(2504);
    nullBitmap.fill(255, 0, 60);
    const column = data.children[0]?.clone(new Int64(), 0, 20_000, 19_520, [
      undefined,
      data.children[0].values,
      nullBitmap,
    ] as never);
    const schema = new Schema([new Field('mostly null', new Int64(), true)]);

    expect(distinctColumns(makeBatch(schema, [column as never], 20_000))).toEqual([]);
  });
});

describe('writeParquetFile', () => {
  it('should store them plainly, the others by a dictionary, and all values as they are', async () => {
    const path = directory.fresh('parquet');
    const batch = table(20_000);

    await writeParquetFile(path, asyncFrom([batch]));

    const { buffer } = Uint8Array.from(await readFile(path));
    const columns = parquetMetadata(buffer).row_groups[0]?.columns ?? [];
    const byDictionary = columns.map(({ meta_data }) =>
      meta_data?.encodings.includes('RLE_DICTIONARY'),
    );
    expect(byDictionary).toEqual([false, false, false, true, true]);
    expectSameBatches(await collect(readParquetBatches(path)), [batch]);
  });
});
