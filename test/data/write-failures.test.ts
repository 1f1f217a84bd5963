import { readFile } from 'node:fs/promises';
import { Field, Float64, Int32, makeData, Schema, SparseUnion } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../src/data/batches/batch.js';
import { readBatches, writeBatches } from '../../src/data/open.js';
import { FileError, InvalidOptionError, SchemaError } from '../../src/errors.js';
import { caseCount } from '../support/cases.js';
import { asyncFrom, collect } from './support/arbitrary-batches.js';
import { useDirectory } from './support/directory.js';
import { exactRows } from './support/exact.js';
import { endless, exampleBatch, exampleSchema, failing, stuck } from './support/example.js';

const directory = useDirectory();
const reason = new Error('enough');

describe.each(['parquet', 'arrow', 'feather', 'arrows', 'ipc'])(
  'writeBatches to .%s',
  (extension) => {
    it('should leave no file when the source fails in the middle', async () => {
      const path = directory.fresh(extension);
      const before = await directory.list();
      const source = failing([exampleBatch(0, 10), exampleBatch(10, 10)], reason);

      await expect(writeBatches(path, source, { rowGroupRows: 5 })).rejects.toBe(reason);
      expect(await directory.list()).toEqual(before);
    });

    it('should leave the file whole, absent, or as it was, wherever the source fails', async () => {
      const places = fc.record({
        batches: fc.integer({ min: 0, max: 6 }),
        failAt: fc.nat(8),
        replaced: fc.boolean(),
        rowGroupRows: fc.integer({ min: 1, max: 30 }),
      });
      await fc.assert(
        fc.asyncProperty(places, async ({ batches, failAt, replaced, rowGroupRows }) => {
          const path = directory.fresh(extension);
          if (replaced) await writeBatches(path, asyncFrom([exampleBatch(90, 3)]));
          const before = await directory.list();
          const old = replaced ? await readFile(path) : undefined;
          const all = Array.from({ length: batches }, (_, k) => exampleBatch(10 * k, 10));
          const fails = failAt < batches;
          const source = fails ? failing(all.slice(0, failAt), reason) : asyncFrom(all);

          const written = await writeBatches(path, source, { rowGroupRows }).catch(() => undefined);

          if (written) {
            expect(fails).toBe(false);
            expect(exactRows(await collect(readBatches(path)))).toEqual(exactRows(all));
          } else {
            expect(fails || batches === 0).toBe(true);
            expect(await directory.list()).toEqual(before);
            if (old) expect(old.equals(await readFile(path))).toBe(true);
          }
        }),
        { numRuns: caseCount(8, 30) },
      );
    });

    it.each([
      ['endless', () => endless().batches],
      ['stuck', stuck],
    ])(
      'should reject with the reason and leave no file when it is aborted on an %s source',
      async (_, source) => {
        const path = directory.fresh(extension);
        const before = await directory.list();
        const controller = new AbortController();
        const writing = writeBatches(path, source(), {
          signal: controller.signal,
          rowGroupRows: 20,
        });
        setTimeout(() => controller.abort(reason), 20);

        await expect(writing).rejects.toBe(reason);
        expect(await directory.list()).toEqual(before);
      },
    );

    it('should refuse a batch with other columns, and lose nothing silently', async () => {
      const path = directory.fresh(extension);
      const nullable = exampleSchema.fields.map((field) => field.clone({ nullable: true }));
      const other = makeBatch(new Schema(nullable), exampleBatch(10, 10).data.children, 10);

      const writing = writeBatches(path, asyncFrom([exampleBatch(0, 10), other]));

      await expect(writing).rejects.toThrow(SchemaError);
      await expect(writing).rejects.toThrow(
        `batch 1 for ${path} has another schema than before: column 'id' was (id: int32 not null), is (id: int32)`,
      );
    });

    it('should refuse a source without batches, and take one without rows', async () => {
      const path = directory.fresh(extension);

      const none = writeBatches(path, asyncFrom([]));
      await expect(none).rejects.toThrow(SchemaError);
      const summary = await writeBatches(path, asyncFrom([exampleBatch(0, 0), exampleBatch(0, 0)]));

      expect(summary.rows).toBe(0);
      const read = await collect(readBatches(path));
      expect(read.map((batch) => batch.numRows)).toEqual([0]);
      expect(String(read[0]?.schema)).toBe(String(exampleSchema));
    });

    it('should close a source that it does not read to the end', async () => {
      const { state, batches } = endless();
      async function* spoiled() {
        let count = 0;
        for await (const batch of batches) yield count++ < 3 ? batch : (7 as never);
      }

      await expect(writeBatches(directory.fresh(extension), spoiled())).rejects.toThrow(
        SchemaError,
      );
      expect(state.closed).toBe(true);
    });

    it('should give back what was written, and its size', async () => {
      const path = directory.fresh(extension);
      const batches = [exampleBatch(0, 10), exampleBatch(10, 0), exampleBatch(10, 90)];

      const summary = await writeBatches(path, asyncFrom(batches));

      const { size } = await import('node:fs').then((fs) => fs.statSync(path));
      expect(summary).toMatchObject({ path, rows: 100, bytes: size });
      expect(exactRows(await collect(readBatches(path)))).toEqual(exactRows(batches));
    });

    it('should give the same bytes each time', async () => {
      const { readFile } = await import('node:fs/promises');
      const paths = [directory.fresh(extension), directory.fresh(extension)];

      for (const path of paths) await writeBatches(path, asyncFrom([exampleBatch(0, 50)]));

      const [one, other] = await Promise.all(paths.map((path) => readFile(path)));
      expect(one?.equals(other as Buffer)).toBe(true);
    });
  },
);

describe('writeBatches', () => {
  it.each(['out.xlsx', 'out', 'out.json'])('should refuse %s before it reads', async (path) => {
    let read = false;
    async function* source() {
      read = true;
      yield exampleBatch(0, 1);
    }

    const writing = writeBatches(path, source());

    await expect(writing).rejects.toThrow(InvalidOptionError);
    await expect(writing).rejects.toThrow(/\.parquet, \.arrow, \.feather, \.arrows, \.ipc/);
    expect(read).toBe(false);
  });

  it('should refuse a missing directory before it reads', async () => {
    const { state, batches } = endless();

    const writing = writeBatches('/does/not/exist/out.parquet', batches);

    await expect(writing).rejects.toThrow(FileError);
    expect(state.closed).toBe(false);
  });

  it('should say which types Parquet lacks', async () => {
    const fields = [new Field('x', new Int32(), true), new Field('y', new Float64(), true)];
    const type = new SparseUnion([0, 1], fields);
    const children = fields.map((field) => makeData({ type: field.type as Int32, length: 0 }));
    const union = makeData({ type, length: 0, typeIds: new Int8Array(0), children } as never);
    const batch = makeBatch(new Schema([new Field('u', type, true)]), [union], 0);

    const writing = writeBatches(directory.fresh('parquet'), asyncFrom([batch]));

    await expect(writing).rejects.toThrow(SchemaError);
    await expect(writing).rejects.toThrow(/cannot be written as Parquet/);
  });

  it.each([0, -1, 1.5, NaN])('should refuse %d rows in a row group', async (rowGroupRows) => {
    const writing = writeBatches('a.parquet', asyncFrom([exampleBatch(0, 1)]), { rowGroupRows });

    await expect(writing).rejects.toThrow(InvalidOptionError);
  });
});
