import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rows } from '../../../src/columns/column.js';
import { InvalidOptionError, SchemaError } from '../../../src/errors.js';
import { checkFairness, measureFairness } from '../../../src/evaluate/utility/fairness.js';
import { describeTarget } from '../../../src/evaluate/utility/target.js';
import { caseCount } from '../../support/cases.js';

/** Rows of a group, a class ('no' or 'yes') and a number. */
function rowsOf(groups: readonly number[], classes: readonly number[]): Rows {
  return {
    length: groups.length,
    columns: [
      {
        kind: 'categorical',
        name: 'group',
        codes: Int32Array.from(groups),
        levels: ['a', 'b', 'c'],
      },
      {
        kind: 'categorical',
        name: 'label',
        codes: Int32Array.from(classes),
        levels: ['no', 'yes'],
      },
      {
        kind: 'numeric',
        name: 'age',
        values: Float64Array.from(groups.keys()),
        temporal: false,
      },
    ],
  };
}

/** 20 rows of 'a', of which 10 are 'yes'; 20 of 'b', of which 5 are; 2 of 'c'. */
const groups = [...Array(20).fill(0), ...Array(20).fill(1), 2, 2] as number[];
const classes = groups.map((group, row) => +(row % (group === 0 ? 2 : 4) === 0));
const rows = rowsOf(groups, classes);
const target = describeTarget(rows, 'label');
const [no, yes] = [0, 1].map((code) => target.classes.indexOf(code === 1 ? 'yes' : 'no')) as [
  number,
  number,
];

/** What a model takes rows for that says 'yes' where `says` does. */
const taking = (says: (row: number) => boolean) =>
  Int32Array.from(groups, (_, row) => (says(row) ? yes : no));

describe('measureFairness', () => {
  it('should give the rates of each group, and the differences of those that are large enough', () => {
    const all = taking((row) => row < 10 || row >= 40);
    const perfect = taking((row) => classes[row] === 1);
    const tables = { real: rows, synthetic: rowsOf([0, 0, 1, 1], [1, 1, 0, 1]), holdout: rows };

    const { shares, positive, trainedOn } = measureFairness('group', target, tables, {
      real: [all],
      synthetic: [perfect],
      augmented: [all, perfect],
    });

    expect(positive).toBe('yes');
    expect(trainedOn.real.groups.map(({ group, rows: count }) => [group, count])).toEqual([
      ['a', 20],
      ['b', 20],
      ['c', 2],
    ]);
    expect(trainedOn.real.groups[0]).toEqual({
      ...{ group: 'a', rows: 20, baseRate: 0.5, selectionRate: 0.5 },
      ...{ truePositiveRate: 0.5, falsePositiveRate: 0.5 },
    });
    // Of 'b' none is taken; 'c', all of which are, has too few rows to count.
    expect(trainedOn.real.demographicParityDifference.mean).toBe(0.5);
    expect(trainedOn.real.equalizedOddsDifference.mean).toBe(0.5);
    expect(trainedOn.synthetic.demographicParityDifference.mean).toBe(0.25);
    expect(trainedOn.synthetic.equalizedOddsDifference.mean).toBe(0);
    expect(trainedOn.augmented.demographicParityDifference.values).toEqual([0.5, 0.25]);
    expect(shares[0]).toEqual({
      group: 'a',
      real: { share: 20 / 42, baseRate: 0.5 },
      synthetic: { share: 0.5, baseRate: 1 },
    });
  });

  it('should find no difference where a model takes all rows for one class', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(fc.nat(1), { minLength: 42, maxLength: 42 }),
        (says, own) => {
          const held = rowsOf(groups, own);
          const taken = [taking(() => says)];
          const tables = { real: rows, synthetic: rows, holdout: held };

          const { trainedOn } = measureFairness('group', target, tables, {
            ...{ real: taken, synthetic: taken, augmented: taken },
          });

          expect(trainedOn.real.demographicParityDifference.mean).toBe(0);
          expect([0, null]).toContain(trainedOn.real.equalizedOddsDifference.mean);
        },
      ),
      { numRuns: caseCount(30, 500) },
    );
  });
});

describe('checkFairness', () => {
  it.each([
    ['age', SchemaError, 'holds numbers, which are no groups'],
    ['grup', SchemaError, "fairness 'grup' is no column that is compared: group, label, age"],
    ['label', InvalidOptionError, 'is the target itself'],
  ])('should refuse %s', (column, kind, message) => {
    const check = () => checkFairness(column, rows, target);

    expect(check).toThrow(kind);
    expect(check).toThrow(message);
  });

  it('should refuse a target of more than two classes', () => {
    const check = () => checkFairness('label', rows, describeTarget(rows, 'group'));

    expect(check).toThrow("fairness needs a target of two classes, and 'group' is none");
  });
});
