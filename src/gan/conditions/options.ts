import type { CellValue } from '../../encode/values/value.js';
import { InvalidOptionError } from '../../errors.js';

export type { CellValue };

/** Shares of the levels of one column. */
export interface Balance {
  /** The column whose levels are made equally frequent. */
  readonly column: string;
  /** Share of each level, by its text; what they sum to does not matter. Default: all alike. */
  readonly shares?: Readonly<Record<string, number>> | undefined;
}

/** What synthetic rows are to be like. */
export interface Conditions {
  /** Values that every synthetic row has, by column: together they need not occur in the data. */
  readonly where?: Readonly<Record<string, CellValue>> | undefined;
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
}

/** The conditions of an output of which this share is synthetic; none if there is nothing to meet. */
export function ratioConditions(
  { where, balance }: Conditions,
  ratio: number,
): RatioConditions | undefined {
  const some = balance !== undefined || (where !== undefined && Object.keys(where).length > 0);
  return some ? { where, balance, ratio } : undefined;
}

/** Refuses conditions that no table could meet. */
export function checkConditions({ where, balance }: Conditions): void {
  if (where !== undefined && (typeof where !== 'object' || where === null)) {
    throw new InvalidOptionError(`where must be an object of values by column: ${String(where)}`);
  }
  if (balance === undefined) return;
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

export function balanceOf(balance: string | Balance): Balance {
  return typeof balance === 'object' && balance !== null ? balance : { column: balance };
}
