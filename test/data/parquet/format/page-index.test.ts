import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { type ColumnChunk, parquetMetadata, readColumnIndex, readOffsetIndex } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { writeParquetFile } from '../../../../src/data/parquet/write.js';
import { caseCount } from '../../../support/cases.js';
import { arbitraryBatches, asyncFrom, commonTypes } from '../../support/arbitrary-batches.js';
import { useDirectory } from '../../support/directory.js';
import { exampleBatch } from '../../support/example.js';

const directory = useDirectory();

/** Bytes of an index as hyparquet reads them. */
function reader(bytes: Buffer, offset: bigint | undefined, length: number | undefined) {
  const start = bytes.byteOffset + Number(offset);
  return { view: new DataView(bytes.buffer, start, Number(length)), offset: 0 };
}

function offsetIndex(bytes: Buffer, chunk: ColumnChunk) {
  return readOffsetIndex(reader(bytes, chunk.offset_index_offset, chunk.offset_index_length));
}

async function chunksOf(path: string) {
  const bytes = await readFile(path);
  const copy = new Uint8Array(bytes).buffer;
  return { bytes, metadata: parquetMetadata(copy) };
}

describe('the page index of a written file', () => {
  it('should say where the pages of every row group lie in the file', async () => {
    const cases = fc.tuple(
      arbitraryBatches(commonTypes, { minColumns: 1, maxRows: 40, instants: 'parquet' }),
      fc.integer({ min: 1, max: 30 }),
    );
    let groups = 0;
    await fc.assert(
      fc.asyncProperty(cases, async ([batches, rowGroupRows]) => {
        const path = directory.fresh('parquet');
        await writeParquetFile(path, asyncFrom(batches), { rowGroupRows });

        const { bytes, metadata } = await chunksOf(path);

        groups = Math.max(groups, metadata.row_groups.length);
        for (const { columns } of metadata.row_groups) {
          for (const chunk of columns) {
            const { meta_data: described } = chunk;
            const locations = offsetIndex(bytes, chunk).page_locations;
            const start = described?.dictionary_page_offset || described?.data_page_offset;
            const end = Number(start) + Number(described?.total_compressed_size);
            let at = Number(described?.data_page_offset);
            for (const { offset, compressed_page_size: size } of locations) {
              expect(Number(offset)).toBe(at);
              at += size;
            }
            expect(at).toBe(end);
          }
        }
      }),
      { numRuns: caseCount(15, 60) },
    );
    expect(groups).toBeGreaterThan(3);
  });

  it('should tell the values of the pages, and stand together before the footer', async () => {
    const path = directory.fresh('parquet');
    await writeParquetFile(path, asyncFrom([exampleBatch(0, 30)]), { rowGroupRows: 10 });

    const { bytes, metadata } = await chunksOf(path);

    const ids = metadata.row_groups.map(({ columns: [chunk] }) => {
      const { column_index_offset: offset, column_index_length: length } = chunk as ColumnChunk;
      return readColumnIndex(reader(bytes, offset, length), metadata.schema[1] as never);
    });
    expect(ids.map((index) => [index.min_values, index.max_values])).toEqual([
      [[0], [9]],
      [[10], [19]],
      [[20], [29]],
    ]);
    const all = metadata.row_groups.flatMap(({ columns }) => columns);
    const places = [
      ...all.map((each) => [each.column_index_offset, each.column_index_length]),
      ...all.map((each) => [each.offset_index_offset, each.offset_index_length]),
    ].map((place) => place.map(Number) as [number, number]);
    const footer = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
    const ends = places.map(([offset, length]) => offset + length);
    expect(ends).toEqual([...places.slice(1).map(([offset]) => offset), footer]);
  });
});
