import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dictionary, Int32, Utf8, vectorFromArray } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyBatch } from '../../../src/data/batches/interleave.js';
import { readIpcBatches } from '../../../src/data/ipc/read.js';
import { writeIpcFile } from '../../../src/data/ipc/write.js';
import { FormatError } from '../../../src/errors.js';
import { batchOf } from '../../encode/columns.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gan-augment-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe('an Arrow IPC file', () => {
  it('should be refused if its footer lists no batches but there are some', async () => {
    const numbers = Array.from({ length: 100 }, (_, k) => k);
    const batch = batchOf(vectorFromArray(numbers, new Int32()).data);
    const [full, empty] = [join(directory, 'full.arrow'), join(directory, 'empty.arrow')];
    await writeIpcFile(full, asyncFrom([batch]), { format: 'arrow-file' });
    await writeIpcFile(empty, asyncFrom([emptyBatch(batch.schema)]), { format: 'arrow-file' });
    const [rows, none] = [await readFile(full), await readFile(empty)];
    const footerOf = (bytes: Buffer) => bytes.length - 10 - bytes.readInt32LE(bytes.length - 10);
    const swapped = join(directory, 'swapped.arrow');
    await writeFile(
      swapped,
      Buffer.concat([rows.subarray(0, footerOf(rows)), none.subarray(footerOf(none))]),
    );

    await expect(collect(readIpcBatches(swapped))).rejects.toThrow(FormatError);
    await expect(collect(readIpcBatches(swapped))).rejects.toThrow(/belong to no batch/);
  });

  it('should be refused if its footer lists dictionaries and no batches', async () => {
    const words = Array.from({ length: 100 }, (_, k) => `word ${k % 5}`);
    const type = new Dictionary(new Utf8(), new Int32());
    const path = join(directory, 'dictionaries.arrow');
    const batch = batchOf(vectorFromArray(words, type).data);
    await writeIpcFile(path, asyncFrom([batch]), { format: 'arrow-file' });
    const bytes = await readFile(path);
    const footer = bytes.length - 10 - bytes.readInt32LE(bytes.length - 10);
    const table = footer + bytes.readInt32LE(footer);
    const fields = table - bytes.readInt32LE(table);
    // The fourth field of the footer's table are the record batches.
    bytes.writeUInt16LE(0, fields + 4 + 2 * 3);

    const reading = collect(readIpcBatches(bytes));

    await expect(reading).rejects.toThrow(/belong to no batch/);
  });
});
