import type { CellValue } from '../../encode/values/value.js';
import { InvalidOptionError } from '../../errors.js';

export type { CellValue };

/**
 * Bounds of a column's values, which may be equal to them; null for none on that side: [40, 45],
 * ['2026-01-01', null].
 */
export type CellRange = readonly [from: CellValue, to: CellValue];

/** Shares of the levels of one column. */
export interface Balance {
  /** The column whose levels are made equally frequent. */
  readonly column: string;
  /** Share of each level, by its text; what they sum to does not matter. Default: all alike. */
  readonly shares?: Readonly<Record<string, number>> | undefined;
}

/** What synthetic rows are to be like. */
export interface Conditions {
  /**
   * Values that every synthetic row has, by column: together they need not occur in the data. Or ranges
   * of numbers, dates or times, `{ mass: [3000, 4000] }`: rows that lie outside are made and dropped, so
   * that the others are distributed as the model's rows in these ranges are.
   */
  readonly where?: Readonly<Record<string, CellValue | CellRange>> | undefined;
  /**
   * A column of categories whose levels are to be equally frequent, or to have given shares, as far
   * as the synthetic rows can bring that about. Its nulls get no synthetic rows.
   */
  readonly balance?: string | Balance | undefined;
}

/** Conditions of the synthetic rows of an output that holds this share of them. */
export interface RatioConditions extends Conditions {
  readonly ratio: number;
}

/** Conditions without ranges: what a row can be made to have. */
export interface ValueConditions extends Conditions {
  readonly where?: Readonly<Record<string, CellValue>> | undefined;
}

/** The same of an output that holds this share of synthetic rows. */
export interface RatioValues extends ValueConditions {
  readonly ratio: number;
}

/** Conditions with a say in what came of it. */
export interface ConditionOptions extends Conditions {
  /** Called when the rows have all been made. */
  readonly onConditions?: ((report: ConditionReport) => void) | undefined;
}

/** How well rows met the conditions by themselves. */
export interface ConditionReport {
  /** Rows that were made. */
  readonly rows: number;
  /** Of them, the rows that the model gave all wanted values; in the others they were set. */
  readonly hits: number;
  /** Of them, the rows that were dropped as they lay outside of ranges, where there are any. */
  readonly outside?: number;
}

/** The conditions of an output of which this share is synthetic; none if there is nothing to meet. */
export function ratioConditions<Given extends Conditions>(
  { where, balance }: Given,
  ratio: number,
): (Pick<Given, keyof Conditions> & { readonly ratio: number }) | undefined {
  const some = balance !== undefined || (where !== undefined && Object.keys(where).length > 0);
  return some ? { where, balance, ratio } : undefined;
}

/** Refuses conditions that no table could meet. */
export function checkConditions({ where, balance }: Conditions): void {
  if (where !== undefined && (typeof where !== 'object' || where === null)) {
    throw new InvalidOptionError(`where must be an object of values by column: ${String(where)}`);
  }
  checkRanges(where);
  if (balance === undefined) return;
  if (Object.values(where ?? {}).some(Array.isArray)) {
    throw new InvalidOptionError(
      "'balance' and a range in 'where' exclude each other: of some levels more rows would be dropped " +
        'than of others. Give a ratio by class in the place of balance, or one value in that of the range',
    );
  }
  const { column, shares } = balanceOf(balance);
  if (typeof column !== 'string') {
    throw new InvalidOptionError(`balance must name a column: ${String(column)}`);
  }
  if (where && Object.hasOwn(where, column)) {
    throw new InvalidOptionError(
      `where and balance both speak of one column: '${column}'. Leave one of them out`,
    );
  }
  if (shares === undefined) return;
  const bad = Object.entries(shares).find(([, share]) => !(Number.isFinite(share) && share >= 0));
  if (bad) {
    throw new InvalidOptionError(`balance.shares.${bad[0]} must be a number from 0: ${bad[1]}`);
  }
  if (!Object.values(shares).some((share) => share > 0)) {
    throw new InvalidOptionError(`balance.shares must name a level: ${JSON.stringify(shares)}`);
  }
}

/** Refuses ranges that bound nothing. */
function checkRanges(where: Conditions['where'] = {}): void {
  for (const [name, value] of Object.entries(where)) {
    if (!Array.isArray(value) || value[0] !== null || value[1] !== null) continue;
    throw new InvalidOptionError(
      `where.${name} is a range without a bound: [null, null]. Give one, or leave it out`,
    );
  }
}

export function balanceOf(balance: string | Balance): Balance {
  return typeof balance === 'object' && balance !== null ? balance : { column: balance };
}
