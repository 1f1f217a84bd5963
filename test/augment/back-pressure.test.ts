import { readdirSync, readlinkSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { RecordBatch } from 'apache-arrow';
import { Footer } from 'apache-arrow/ipc/metadata/file';
import { parquetMetadata } from 'hyparquet';
import { lastValueFrom } from 'rxjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ganAugment } from '../../src/augment/gan-augment.js';
import type { BatchStream } from '../../src/augment/stream/batch-stream.js';
import { writeArrow } from '../../src/augment/stream/sinks.js';
import { readArrow, readCsv, readDataset, readParquet } from '../../src/augment/stream/sources.js';
import { readCsvBatches } from '../../src/data/csv/read.js';
import { encodeIpcStream } from '../../src/data/ipc/write.js';
import { writeBatches } from '../../src/data/open.js';
import { FileError } from '../../src/errors.js';
import type { Model } from '../../src/gan/model/model.js';
import { asyncFrom, collect } from '../data/support/arbitrary-batches.js';
import { useDirectory } from '../data/support/directory.js';
import { cutAt, hastyModel, penguins } from './penguins.js';

const directory = useDirectory();
let batches: RecordBatch[];
let model: Model;
let csvModel: Model;

beforeAll(async () => {
  const all = await penguins();
  batches = Array.from({ length: 3 }, () => cutAt(all, [100, 200, 300])).flat();
  model = await hastyModel(all);
  const [rows] = await collect(readCsvBatches(Buffer.from(`a,b\n${'1,2\n3,4\n'.repeat(100)}`)));
  csvModel = await hastyModel(rows as RecordBatch);
});

const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

/** A source, the batches in it, and how many of them it was asked for. */
interface Watched {
  readonly stream: BatchStream;
  readonly model: Model;
  readonly count: number;
  reached(): number;
}

/** Ranges of bytes, and the last of the parts that start at `starts` of which some were asked for. */
function watchRanges(bytes: Uint8Array, starts: readonly number[], end: number) {
  let reached = 0;
  const slice = (from: number, to: number) => {
    if (from >= (starts[0] as number) && from < end) {
      reached = Math.max(reached, starts.filter((each) => each <= from).length);
    }
    return bytes.slice(from, to);
  };
  const ranges = { byteLength: bytes.length, slice };
  return { ranges, count: starts.length, reached: () => reached };
}

async function watchParquet(): Promise<Watched> {
  const path = directory.fresh('parquet');
  await writeBatches(path, asyncFrom(batches), { rowGroupRows: 100 });
  const bytes = new Uint8Array(await readFile(path));
  const { row_groups: groups } = parquetMetadata(bytes.buffer as ArrayBuffer);
  const starts = groups.map(({ columns: [first] }) =>
    Number(first?.meta_data?.dictionary_page_offset ?? first?.meta_data?.data_page_offset),
  );
  const footer = bytes.length - 8 - new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
  const { ranges, ...watched } = watchRanges(bytes, starts, footer);
  return { stream: readParquet(ranges), model, ...watched };
}

async function watchArrowFile(): Promise<Watched> {
  const path = directory.fresh('arrow');
  await writeBatches(path, asyncFrom(batches));
  const bytes = new Uint8Array(await readFile(path));
  const footer = bytes.length - 10 - new DataView(bytes.buffer).getInt32(bytes.length - 10, true);
  const blocks = [...Footer.decode(bytes.subarray(footer, -10)).recordBatches()];
  const starts = blocks.map(({ offset }) => offset);
  // What lies behind the last batch is looked at first: it might be another one.
  const end = Math.max(...blocks.map((b) => b.offset + b.metaDataLength + b.bodyLength));
  const { ranges, ...watched } = watchRanges(bytes, starts, end);
  return { stream: readArrow(ranges), model, ...watched };
}

async function watchArrowStream(): Promise<Watched> {
  const messages = await collect(encodeIpcStream(asyncFrom(batches)));
  let reached = 0;
  async function* source() {
    // The first message is the schema.
    yield messages[0] as Uint8Array;
    for (const message of messages.slice(1)) {
      reached = Math.min(reached + 1, batches.length);
      yield message;
    }
  }
  return { stream: readArrow(source()), model, count: batches.length, reached: () => reached };
}

/**
 * Pieces of text with ten rows, of which a batch takes ten. One piece more does not count: only with
 * it the parser knows that a row has ended.
 */
async function watchCsv(): Promise<Watched> {
  let pieces = 0;
  async function* source() {
    yield Buffer.from('a,b\n');
    for (; pieces < 120; ) {
      pieces++;
      yield Buffer.from('1,2\n3,4\n'.repeat(5));
    }
  }
  const stream = readCsv(source(), { sampleRows: 100, batchRows: 100 });
  return { stream, model: csvModel, count: 12, reached: () => Math.ceil((pieces - 1) / 10) };
}

/** Files of one batch each, and which of them was open last. */
async function watchDataset(): Promise<Watched> {
  const folder = directory.fresh('folder');
  await mkdir(folder);
  for (const [k, batch] of batches.entries()) {
    await writeBatches(join(folder, `${100 + k}.parquet`), asyncFrom([batch]));
  }
  let last = 0;
  const reached = () => {
    const numbers = openFiles(folder).map((path) => Number(path.slice(-11, -8)) - 99);
    last = Math.max(last, ...numbers);
    return last;
  };
  return { stream: readDataset(folder), model, count: batches.length, reached };
}

/** Files below a directory that this process has open. */
function openFiles(path: string): string[] {
  const links = readdirSync('/proc/self/fd').map((each) => {
    try {
      return readlinkSync(`/proc/self/fd/${each}`);
    } catch {
      return '';
    }
  });
  return links.filter((link) => link.startsWith(path));
}

const sources: [name: string, watch: () => Promise<Watched>][] = [
  ['readParquet', watchParquet],
  ['readArrow of a file', watchArrowFile],
  ['readArrow of a stream', watchArrowStream],
  ['readCsv', watchCsv],
  ...(process.platform === 'linux'
    ? ([['readDataset', watchDataset]] as [string, () => Promise<Watched>][])
    : []),
];

describe.each(sources)('%s, ganAugment and a slow sink', (_, watch) => {
  it('should read no more than one batch that the sink has not taken', async () => {
    const watched = await watch();
    const ahead: number[] = [];
    let written = 0;
    const slow = new Writable({
      highWaterMark: 1,
      async write(_chunk, _encoding, done) {
        // Time enough to read everything, if nothing held the reader back.
        await settle();
        // The first chunk is the schema; each of the others is a batch with its synthetic rows.
        ahead.push(watched.reached() - written++);
        done();
      },
    });

    const augment = ganAugment({ ratio: 0.3, model: watched.model });
    await lastValueFrom(watched.stream.pipe(augment, writeArrow(slow)));

    expect(watched.reached()).toBe(watched.count);
    expect(watched.count).toBeGreaterThan(10);
    expect(Math.max(...ahead)).toBeLessThanOrEqual(1);
  });

  it('should read no further when the sink fails, and fail', async () => {
    const watched = await watch();
    let written = 0;
    const failing = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        done(++written === 4 ? new Error('no space') : null);
      },
    });

    const augment = ganAugment({ ratio: 0.3, model: watched.model });
    const writing = lastValueFrom(watched.stream.pipe(augment, writeArrow(failing)));

    await expect(writing).rejects.toThrow(FileError);
    await expect(writing).rejects.toThrow(/output stream cannot be written/);
    await settle();
    expect(watched.reached()).toBeLessThanOrEqual(4);
  });
});
