import {
  Binary,
  type Data,
  type DataType,
  Field,
  Float64,
  Int8,
  List,
  makeVector,
  type RecordBatch,
  Schema,
  Struct,
  Utf8,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import type { StreamFitOptions } from '../../src/augment/options/stream-fit.js';
import { makeBatch } from '../../src/data/batches/batch.js';
import { SchemaError } from '../../src/errors.js';
import { arbitraryData } from '../../src/testing/arbitrary-data.js';
import { asyncFrom, collect } from '../data/support/arbitrary-batches.js';
import { exactRows } from '../data/support/exact.js';

const rows = 40;
const item = (type: DataType) => new Field('item', type, true);
const nestedTypes = [
  new Binary(),
  new List(item(new Utf8())),
  new Struct([item(new Int8())]),
  new List(item(new Struct([item(new Float64())]))),
];

/** A number that can be learned, and a column that cannot. */
function batchOf(type: DataType, nullable = true): RecordBatch {
  const fields = [new Field('x', new Float64(), false), new Field('raw', type, nullable)];
  const numbers = Float64Array.from({ length: rows }, (_, row) => Math.sin(row));
  const [raw] = fc.sample(arbitraryData(type, rows, nullable), { seed: 1, numRuns: 1 });
  return makeBatch(new Schema(fields), [makeVector(numbers).data[0] as Data, raw as Data], rows);
}

const augment = (batch: RecordBatch, fit: StreamFitOptions) =>
  collect(
    augmentBatches(asyncFrom([batch]), {
      ratio: 0.5,
      mark: 'made',
      fit: { steps: 1, thread: 'caller', ...fit },
    }),
  );

describe('a column that cannot be learned', () => {
  it.each(nestedTypes.map((type) => [String(type), type] as const))(
    'should keep its real rows of %s bit for bit, and be null in synthetic ones',
    async (_, type) => {
      const batch = batchOf(type);

      const out = exactRows(await augment(batch, { unmodelled: 'null' }));

      const real = out.filter(([, , made]) => !made).map((row) => row.slice(0, 2));
      expect(real).toEqual(exactRows([batch]));
      const synthetic = out.filter(([, , made]) => made).map(([, raw]) => raw);
      expect(synthetic).toEqual(Array(rows).fill(null));
    },
  );

  it.each<[string, StreamFitOptions]>([
    ['all columns', { unmodelled: 'refuse' }],
    ['the column', { columns: { raw: { unmodelled: 'refuse' } } }],
    ['the column alone', { unmodelled: 'null', columns: { raw: { unmodelled: 'refuse' } } }],
  ])('should be refused before any training where that is said of %s', async (_, fit) => {
    const onStep = vi.fn();

    const augmenting = augment(batchOf(new Binary()), { ...fit, onStep, thread: undefined });

    await expect(augmenting).rejects.toThrow(SchemaError);
    await expect(augmenting).rejects.toThrow(/column 'raw' cannot be learned.*Drop the column/);
    expect(onStep).not.toHaveBeenCalled();
  });

  it('should be allowed one by one where the others are refused', async () => {
    const batch = batchOf(new Binary());
    const fit = { unmodelled: 'refuse', columns: { raw: { kind: 'null' } } } as const;

    const out = await augment(batch, fit);

    expect(exactRows(out)).toHaveLength(2 * rows);
  });

  it('should be refused where it allows no null, whatever is said', async () => {
    const augmenting = augment(batchOf(new Binary(), false), { unmodelled: 'null' });

    await expect(augmenting).rejects.toThrow(/'raw' cannot be learned.*not nullable/);
  });

  it('should pass at ratio 0, whatever is said', async () => {
    const batch = batchOf(new Binary());

    const out = await collect(
      augmentBatches(asyncFrom([batch]), { ratio: 0, fit: { unmodelled: 'refuse' } }),
    );

    expect(exactRows(out)).toEqual(exactRows([batch]));
  });
});
