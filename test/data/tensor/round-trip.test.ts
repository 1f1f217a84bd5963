import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliceBatch } from '../../../src/data/batches/interleave.js';
import { readBatches, writeBatches } from '../../../src/data/open.js';
import { readTensors } from '../../../src/data/tensor/read.js';
import { caseCount } from '../../support/cases.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import {
  arbitraryTensors,
  arbitraryTensorType,
  imageType,
  tensorBatch,
  tensorBytes,
} from './arbitrary-tensors.js';

const directory = useDirectory();

const cases = arbitraryTensorType.chain((type) =>
  fc.record({
    type: fc.constant(type),
    tensors: arbitraryTensors(type),
    a: fc.nat(8),
    b: fc.nat(8),
  }),
);

const allOf = (batch: RecordBatch) => {
  const tensors = readTensors(batch, 'image');
  return Array.from({ length: tensors.rows }, (_, row) => tensors.at(row));
};

describe.each(['arrow', 'arrows', 'parquet'])('tensor columns in .%s', (extension) => {
  it('should come back bit for bit, with their type, sliced or not', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ type, tensors, a, b }) => {
        const path = directory.fresh(extension);
        const whole = tensorBatch({ ...type, nullable: true }, tensors);
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const batches = [whole, whole.slice(start, end)];

        await writeBatches(path, asyncFrom(batches), { rowGroupRows: 5 });
        const read = await collect(readBatches(path));

        const expected = [...tensors, ...tensors.slice(start, end)];
        expect(tensorBytes(read.flatMap(allOf))).toEqual(tensorBytes(expected));
        expect(imageType((read[0] as RecordBatch).schema)).toEqual(type);
      }),
      { numRuns: caseCount(15, 60) },
    );
  });
});

describe('readTensors', () => {
  it("should read any slice, arrow-js's own or a copy, and slices of slices", () => {
    fc.assert(
      fc.property(cases, fc.nat(4), ({ type, tensors, a, b }, inner) => {
        const batch = tensorBatch({ ...type, nullable: true }, tensors);
        const [start, end] = [Math.min(a, b), Math.max(a, b)];

        const sliced = batch.slice(start, end);
        const copied = sliceBatch(batch, start, end);
        const twice = sliced.slice(inner);

        const expected = tensors.slice(start, end);
        expect(tensorBytes(allOf(sliced))).toEqual(tensorBytes(expected));
        expect(tensorBytes(allOf(copied))).toEqual(tensorBytes(expected));
        expect(tensorBytes(allOf(twice))).toEqual(tensorBytes(expected.slice(inner)));
      }),
      { numRuns: caseCount(25, 100) },
    );
  });
});
