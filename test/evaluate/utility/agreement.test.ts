import { type RecordBatch, Table, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { DataError, InvalidOptionError } from '../../../src/errors.js';
import { fitAgreement } from '../../../src/evaluate/utility/agreement.js';

/** Numbers around 0 and 10, and their labels. */
function tableOf(numbers: readonly number[], labels: readonly (string | null)[]): RecordBatch {
  const table = new Table({ n: vectorFromArray(numbers), label: vectorFromArray(labels) });
  return table.batches[0] as RecordBatch;
}

const numbers = Array.from({ length: 120 }, (_, row) => (row % 4 === 0 ? 10 : 0) + (row % 7) / 10);
const real = tableOf(
  numbers,
  numbers.map((number) => (number > 5 ? 'high' : 'low')),
);

describe('fitAgreement', () => {
  it('should agree with rows of the class that real rows like them have', () => {
    const agrees = fitAgreement([real], 'label');

    const said = agrees(tableOf([0.2, 10.2, 0.3, 10.1], ['low', 'high', 'high', 'low']));

    expect([...said]).toEqual([1, 1, 0, 0]);
  });

  it('should agree with rows of no class, and of classes that it does not know', () => {
    const agrees = fitAgreement([real], 'label');

    expect([...agrees(tableOf([0.2, 0.2], [null, 'other']))]).toEqual([1, 1]);
  });

  it('should refuse a target that is a number, or has one class', () => {
    const one = tableOf([1, 2, 3], ['low', 'low', 'low']);

    expect(() => fitAgreement([real], 'n')).toThrow(InvalidOptionError);
    expect(() => fitAgreement([one], 'label')).toThrow(DataError);
  });
});
