import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTogether } from '../../src/columns/read.js';
import { SchemaError } from '../../src/errors.js';
import { quality } from '../../src/evaluate/fidelity/quality.js';
import { findNewRows } from '../../src/evaluate/privacy/new-rows.js';
import { fitBootstrap } from '../../src/makers/bootstrap.js';
import { fitGaussianCopula } from '../../src/makers/copula/fit.js';
import { fitSmote } from '../../src/makers/smote.js';
import { allTypes, arbitraryBatches } from '../data/support/arbitrary-batches.js';
import { expectedBatches } from '../evaluate/expected/tables.js';

const makers = { bootstrap: fitBootstrap, copula: fitGaussianCopula, smote: fitSmote };
const each = Object.entries(makers);

const read = async () => expectedBatches('real');

describe.each(each)('%s', (_, makerOf) => {
  it('should give the same rows for a seed, and others for another', async () => {
    const maker = makerOf(await read());

    const [first, same, other] = [1, 1, 2].map((seed) => maker.sample(50, seed).toArray());

    expect(JSON.stringify(same, plain)).toBe(JSON.stringify(first, plain));
    expect(JSON.stringify(other, plain)).not.toBe(JSON.stringify(first, plain));
  });

  it('should keep the look of each column', async () => {
    const real = await read();

    const synthetic = makerOf(real).sample(2000, 1);

    const { rows } = readTogether({ real, synthetic });
    const { columns } = quality(rows.real, rows.synthetic);
    for (const { column, score, nulls } of columns) {
      expect(score, column).toBeGreaterThan(0.8);
      // The commonest of SMOTE's neighbours is seldom null.
      expect(Math.abs(nulls.real - nulls.synthetic), column).toBeLessThan(0.06);
    }
  });

  it('should give as many rows as wanted, of the same columns, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryBatches(allTypes, { minColumns: 1 }),
        fc.integer({ min: 0, max: 9 }),
        async (real, rows) => {
          fc.pre(real.some(({ numRows }) => numRows > 0));
          try {
            const made = makerOf(real).sample(rows, 1);

            expect(made.schema).toBe(real.find(({ numRows }) => numRows > 0)?.schema);
            expect(made.numRows).toBe(rows);
            for (const [k, field] of made.schema.fields.entries()) {
              expect(made.data.children[k]?.length).toBe(rows);
              if (!field.nullable) expect(made.getChildAt(k)?.nullCount ?? 0).toBe(0);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(SchemaError);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('fitBootstrap', () => {
  it('should make nothing but copies', async () => {
    const real = await read();
    const synthetic = fitBootstrap(real).sample(100, 1);

    const { rows } = readTogether({ real, synthetic });

    expect(findNewRows(rows.real, rows.synthetic).copies).toBe(100);
  });
});

describe('fitGaussianCopula', () => {
  it('should keep links that only rise or only fall', async () => {
    const real = await read();
    const synthetic = fitGaussianCopula(real).sample(2000, 1);

    const { rows } = readTogether({ real, synthetic });
    const { pairs } = quality(rows.real, rows.synthetic);

    const scoreOf = (a: string, b: string) =>
      pairs.find(({ columns }) => `${columns}` === `${[a, b]}`)?.score;
    expect(scoreOf('wealth', 'savings')).toBeGreaterThan(0.95);
    expect(scoreOf('age', 'joined')).toBeGreaterThan(0.95);
  });
});

describe('fitSmote', () => {
  it('should make rows of one class alone, within the range of its rows', async () => {
    const real = await read();
    const all = real.flatMap((batch) => batch.toArray()).filter(({ label }) => label === 'yes');
    const prices = all.map(({ price }) => price);

    const made = fitSmote(real, { target: 'label', only: 'yes' }).sample(200, 1);

    const rows = made.toArray();
    expect(rows.every(({ label }) => label === 'yes')).toBe(true);
    expect(rows.every(({ price }) => price >= Math.min(...prices))).toBe(true);
    expect(rows.every(({ price }) => price <= Math.max(...prices))).toBe(true);
    const { rows: tables } = readTogether({ real, made });
    expect(findNewRows(tables.real, tables.made).copies).toBeLessThan(5);
  });

  it('should refuse a class that is not there', async () => {
    const real = await read();

    const refused = () => fitSmote(real, { target: 'label', only: 'maybe' });

    expect(refused).toThrow("column 'label' has too few rows of 'maybe' to lie between: 0");
  });
});

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);
