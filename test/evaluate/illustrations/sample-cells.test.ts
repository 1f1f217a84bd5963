import {
  Binary,
  Dictionary,
  Field,
  Float64,
  Int32,
  Schema,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { sampleCells } from '../../../src/evaluate/illustrations/sample-cells.js';

const word = new Dictionary(new Utf8(), new Int32());
const schema = new Schema([
  new Field('n', new Float64(), true),
  new Field('word', word, true),
  new Field('bytes', new Binary(), true),
]);

function batch(numbers: readonly (number | null)[], words: readonly (string | null)[]) {
  const bytes = numbers.map(() => new Uint8Array([1]));
  const columns = [
    vectorFromArray(numbers, new Float64()),
    vectorFromArray(words, word),
    vectorFromArray(bytes, new Binary()),
  ].map(({ data }) => data[0]);
  return makeBatch(schema, columns as never, numbers.length);
}

describe('sampleCells', () => {
  it('should take rows from all over, as text', () => {
    const real = [batch([1, 2], ['a', null]), batch([3.5, null, 5, 6], ['b', 'a', 'b', 'a'])];
    const long = 'x'.repeat(200);

    const cells = sampleCells(real, [batch([7], [long])]);

    expect(cells.columns).toEqual(['n', 'word', 'bytes']);
    expect(cells.real).toEqual([
      ['1', 'a', '(Binary)'],
      ['2', '∅', '(Binary)'],
      ['3.5', 'b', '(Binary)'],
      ['∅', 'a', '(Binary)'],
      ['5', 'b', '(Binary)'],
      ['6', 'a', '(Binary)'],
    ]);
    expect(cells.synthetic).toEqual([['7', `${'x'.repeat(59)}…`, '(Binary)']]);
  });

  it('should give nothing of nothing', () => {
    expect(sampleCells([], [])).toEqual({ columns: [], real: [], synthetic: [] });
  });
});
