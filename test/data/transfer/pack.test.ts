import { Dictionary, Int32, type RecordBatch, Table, Utf8, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSchemaMessage, schemaMessage } from '../../../src/data/ipc/schema-message.js';
import { wireSchema } from '../../../src/data/schema/wire-schema.js';
import { cutByBytes } from '../../../src/data/transfer/cut.js';
import { createPacker, type PackedBatch } from '../../../src/data/transfer/pack.js';
import { createUnpacker } from '../../../src/data/transfer/unpack.js';
import { caseCount } from '../../support/cases.js';
import { allTypes, arbitraryBatches } from '../support/arbitrary-batches.js';
import { exactRows } from '../support/exact.js';
import { expectSameBatches } from '../support/same-batches.js';

/** Packs batches in pieces and hands them over as a thread would get them. */
function cross(batches: readonly RecordBatch[], mostBytes: number): PackedBatch[] {
  const pack = createPacker();
  return Array.from(cutByBytes(batches, mostBytes), (piece) => {
    const { batch: packed, transfer } = pack(piece);
    return structuredClone(packed, { transfer });
  });
}

describe('createPacker and createUnpacker', () => {
  it('should carry every row bit for bit, whatever the types and cuts, and leave the batches whole', () => {
    const cases = fc.tuple(arbitraryBatches(allTypes), fc.integer({ min: 1, max: 2000 }));
    fc.assert(
      fc.property(cases, ([batches, mostBytes]) => {
        const before = exactRows(batches);
        const { schema } = batches[0] as RecordBatch;
        const crossed = readSchemaMessage(schemaMessage(wireSchema(schema)), 'a test');

        const read = cross(batches, mostBytes).map(createUnpacker(crossed));

        expect(exactRows(batches)).toEqual(before);
        if (before.length > 0) expectSameBatches(read, batches);
        else expect(read).toEqual([]);
      }),
      { numRuns: caseCount(50, 200) },
    );
  });

  it('should send a dictionary once, however often the rows are cut', () => {
    const words = Array.from({ length: 100 }, (_, row) => `word ${row % 7}`);
    const column = vectorFromArray(words, new Dictionary(new Utf8(), new Int32()));
    const { batches } = new Table({ a: column, b: column });

    const packed = cross(batches, 40);

    expect(packed.length).toBeGreaterThan(10);
    expect(packed.map(({ shared }) => shared.length)).toEqual(packed.map((_, k) => (k ? 0 : 1)));
  });
});

describe('cutByBytes', () => {
  it('should give every row once, in order, in pieces of about the wanted size', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 4 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 500 }), (rows, mostBytes) => {
        const batches = rows.map((length) => {
          const table = new Table({ a: vectorFromArray(Array(length).fill(1), new Int32()) });
          return table.batches[0] as RecordBatch;
        });

        const pieces = [...cutByBytes(batches, mostBytes)];

        const places = pieces.flatMap(({ batch, start, end }) =>
          Array.from({ length: end - start }, (_, k) => [batches.indexOf(batch), start + k]),
        );
        expect(places).toEqual(rows.flatMap((n, k) => Array.from({ length: n }, (_, i) => [k, i])));
        // Four bytes a row, and a bit.
        for (const { start, end } of pieces) {
          expect(end - start).toBeLessThanOrEqual(Math.max(mostBytes / 4, 1));
        }
      }),
      { numRuns: caseCount(25, 100) },
    );
  });
});
