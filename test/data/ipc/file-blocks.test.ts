import { readFile } from 'node:fs/promises';
import {
  Dictionary,
  Int32,
  RecordBatchFileWriter,
  Table,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { FileBlock, Footer } from 'apache-arrow/ipc/metadata/file';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readIpcBatches } from '../../../src/data/ipc/read.js';
import { writeIpcFile } from '../../../src/data/ipc/write.js';
import { plainRows } from '../../../src/data/rows/to-rows.js';
import { FormatError, GanAugmentError } from '../../../src/errors.js';
import { batchOf } from '../../encode/columns.js';
import { caseCount } from '../../support/cases.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';

/** Batches and dictionaries, as a footer lists them. */
interface Listed {
  readonly batches: readonly FileBlock[];
  readonly dictionaries: readonly FileBlock[];
}

const directory = useDirectory();
const type = new Dictionary(new Utf8(), new Int32());
const allIds = Array.from({ length: 20 }, (_, id) => id);
const whole = batchOf([
  ...vectorFromArray(allIds, new Int32()).data,
  ...vectorFromArray(
    allIds.map((id) => `word ${id % 3}`),
    type,
  ).data,
]);
const batches = [0, 5, 10, 15].map((start) => whole.slice(start, start + 5));

/** The same file from three writers: this package, arrow-js, and one that writes as Polars does. */
const files: Record<string, Buffer> = {};
beforeAll(async () => {
  const path = directory.fresh('arrow');
  await writeIpcFile(path, asyncFrom(batches), { format: 'arrow-file' });
  const own = await readFile(path);
  files.own = own;
  files['arrow-js'] = Buffer.from(
    RecordBatchFileWriter.writeAll(new Table(batches)).toUint8Array(true),
  );
  files['bare schema'] = withBareSchema(own);
});

/** The bare schema in the place of the message with it. */
function withBareSchema(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const end = 16 + copy.readInt32LE(12);
  copy.copy(copy, 8, 16, end);
  return copy.fill(0, end - 8, end);
}

function listedBy(bytes: Buffer) {
  const end = bytes.length - 10;
  const start = end - bytes.readInt32LE(end);
  const footer = Footer.decode(bytes.subarray(start, end));
  const listed: Listed = {
    batches: [...footer.recordBatches()],
    dictionaries: [...footer.dictionaryBatches()],
  };
  return { start, footer, listed };
}

/** The same file with another footer. */
function withFooter(bytes: Buffer, change: (listed: Listed) => Listed): Buffer {
  const { start, footer, listed } = listedBy(bytes);
  const { batches, dictionaries } = change(listed);
  const changed = Footer.encode(
    new Footer(footer.schema, footer.version, [...batches], [...dictionaries]),
  );
  const length = Buffer.alloc(4);
  length.writeInt32LE(changed.length);
  return Buffer.concat([bytes.subarray(0, start), changed, length, Buffer.from('ARROW1')]);
}

const withBatches =
  (change: (blocks: readonly FileBlock[]) => readonly FileBlock[]) =>
  ({ batches, dictionaries }: Listed): Listed => ({ batches: change(batches), dictionaries });

async function readIds(source: Parameters<typeof readIpcBatches>[0]): Promise<unknown[]> {
  return (await collect(plainRows(readIpcBatches(source)))).map((row) => row.a);
}

describe.each(['own', 'arrow-js', 'bare schema'])('an Arrow IPC file (%s)', (writer) => {
  it('should be read whole', async () => {
    const ids = await readIds(files[writer] as Buffer);

    expect(ids).toEqual(allIds);
  });

  it.each<[string, (listed: Listed) => Listed]>([
    ['no batches', withBatches(() => [])],
    ['nothing', () => ({ batches: [], dictionaries: [] })],
    ['not its first batch', withBatches((blocks) => blocks.slice(1))],
    ['not its last batch', withBatches((blocks) => blocks.slice(0, -1))],
    ['no dictionaries', ({ batches }) => ({ batches, dictionaries: [] })],
    [
      'a batch of no bytes',
      withBatches((blocks) => blocks.map((b, k) => (k === 2 ? new FileBlock(0, 0, b.offset) : b))),
    ],
  ])('should be refused if its footer lists %s', async (_, change) => {
    const damaged = withFooter(files[writer] as Buffer, change);

    const reading = readIds(damaged);

    await expect(reading).rejects.toThrow(FormatError);
    await expect(reading).rejects.toThrow(/bytes \d+ to \d+ belong to no batch that it lists/);
  });

  it('should be refused if its footer lists a batch twice', async () => {
    const damaged = withFooter(
      files[writer] as Buffer,
      withBatches((blocks) => [...blocks, blocks[1] as FileBlock]),
    );

    const reading = readIds(damaged);

    await expect(reading).rejects.toThrow(FormatError);
    await expect(reading).rejects.toThrow(/it lists bytes \d+ to \d+ twice/);
  });

  it('should be read in the order of its footer', async () => {
    const reversed = withFooter(
      files[writer] as Buffer,
      withBatches((blocks) => [...blocks].reverse()),
    );

    const ids = await readIds(reversed);

    expect(ids).toEqual([3, 2, 1, 0].flatMap((k) => allIds.slice(5 * k, 5 * k + 5)));
  });

  it('should lose no rows, whatever its footer lists', async () => {
    const lie = fc.record({
      batch: fc.nat({ max: 3 }),
      part: fc.constantFrom('offset' as const, 'metaDataLength' as const, 'bodyLength' as const),
      by: fc.oneof(
        fc.integer({ min: -400, max: 400 }),
        fc.constantFrom(-8, 8, -(2 ** 31), 2 ** 31),
      ),
    });
    const order = fc.array(fc.nat({ max: 3 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(order, fc.array(lie, { maxLength: 2 }), async (picked, lies) => {
        const damaged = withFooter(
          files[writer] as Buffer,
          withBatches((blocks) => {
            const told = blocks.map((block, k) => {
              const copy = new FileBlock(block.metaDataLength, block.bodyLength, block.offset);
              for (const { batch, part, by } of lies) if (batch === k) copy[part] += by;
              return copy;
            });
            return picked.map((k) => told[k] as FileBlock);
          }),
        );

        const ids = await readIds(damaged).catch((error) => {
          if (GanAugmentError.isInstance(error)) return undefined;
          throw error;
        });

        if (ids) expect((ids as number[]).sort((a, b) => a - b)).toEqual(allIds);
      }),
      { numRuns: caseCount(100, 2000), examples: [[[0, 1, 2, 3], []]] },
    );
  });

  it('should be looked through by small ranges', async () => {
    const bytes = files[writer] as Buffer;
    const { listed } = listedBy(bytes);
    const largest = Math.max(...listed.batches.map((b) => b.metaDataLength + b.bodyLength));
    const reads: number[] = [];
    const source = {
      byteLength: bytes.length,
      slice(start: number, end = bytes.length) {
        reads.push(end - start);
        return new Uint8Array(bytes.subarray(start, end)).buffer;
      },
    };

    const ids = await readIds(source);

    expect(ids).toEqual(allIds);
    expect(Math.max(...reads)).toBeLessThanOrEqual(Math.max(largest, 1024));
    expect(reads.length).toBeLessThanOrEqual(
      listed.batches.length + listed.dictionaries.length + 8,
    );
  });
});
