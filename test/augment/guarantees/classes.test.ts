import {
  type Data,
  Field,
  Int32,
  makeData,
  type RecordBatch,
  Schema,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentWith } from '../../../src/augment/augment-batches.js';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { asyncFrom } from '../../data/support/arbitrary-batches.js';
import { caseCount } from '../../support/cases.js';
import { copyingTools } from '../support/copying.js';

const names = ['a', 'b', 'c', null] as const;
const schema = new Schema([
  new Field('class', new Utf8(), true),
  new Field('n', new Int32(), false),
]);

/** Rows of these classes, numbered. */
function batchOf(classes: readonly (string | null)[], first: number, step: number): RecordBatch {
  const n = Int32Array.from(classes, (_, k) => first + k * step);
  const number = makeData({ type: new Int32(), length: n.length, nullCount: 0, data: n });
  const text = vectorFromArray([...classes], new Utf8()).data[0] as Data;
  return makeBatch(schema, [text, number], n.length);
}

/** Batches of these classes; their rows count up from 0. */
function batchesOf(cut: readonly (readonly (string | null)[])[]): RecordBatch[] {
  let next = 0;
  return cut.map((classes) => {
    next += classes.length;
    return batchOf(classes, next - classes.length, 1);
  });
}

const percents = fc.integer({ min: 0, max: 90 });
const rows = fc.array(fc.array(fc.constantFrom(...names), { maxLength: 8 }), { maxLength: 5 });

describe('a ratio by class', () => {
  it('should always hold for each class by itself, after every batch', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows.filter((cut) => cut.length > 0),
        fc.tuple(percents, percents, percents),
        fc.constantFrom('interleave', 'append'),
        async (cut, [a, b, otherwise], placement) => {
          // Synthetic rows of all classes, in no order that would suit.
          const { model, tools } = copyingTools(batchOf(['c', 'b', null, 'b', 'a', 'c'], -1, -1));
          const ratio = {
            column: 'class',
            classes: { a: a / 100, b: b / 100 },
            otherwise: otherwise / 100,
          };
          const shares = [a, b, otherwise];
          const [real, synthetic] = [
            [0, 0, 0],
            [0, 0, 0],
          ];
          const seen: number[] = [];

          const stream = augmentWith(tools, asyncFrom(batchesOf(cut)), { ratio, model, placement });
          for await (const batch of stream) {
            const [classes, numbers] = [batch.getChild('class'), batch.getChild('n')];
            for (let row = 0; row < batch.numRows; row++) {
              const found = ['a', 'b'].indexOf(classes?.get(row) ?? '');
              const place = found < 0 ? 2 : found;
              const number = numbers?.get(row) as number;
              const counts = number < 0 ? synthetic : real;
              counts[place] = (counts[place] as number) + 1;
              if (number >= 0) seen.push(number);
            }

            const due = real.map((count, k) => {
              const share = shares[k] as number;
              return Math.floor((count * share) / (100 - share));
            });
            expect(synthetic).toEqual(due);
          }

          expect(seen).toEqual([...cut.flat().keys()]);
        },
      ),
      { numRuns: caseCount(125, 1000) },
    );
  });
});
