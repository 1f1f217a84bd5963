/** The kinds of rules that tables keep in every row. */
export const ruleKinds = [
  'combination',
  'order',
  'nulls',
  'null-where',
  'sum',
  'ratio',
  'unique',
] as const;

/** What a rule says of its columns: see `RuleOption`. */
export type RuleKind = (typeof ruleKinds)[number];

/**
 * A rule as a user gives it: its kind and its columns.
 *
 * - `combination`: no other combinations of the columns' values than those of the data, null among them.
 * - `order`: the last column is never below any of the others: `['start', 'end']`.
 * - `nulls`: the columns are null in the same rows.
 * - `null-where`: the first column is null where the second has certain values, null among them.
 * - `sum`: the first column is the sum of the others.
 * - `ratio`: the first column is the second times a constant.
 * - `unique`: no two rows have the same value in the column.
 */
export interface RuleOption {
  /** What it says of them. */
  readonly kind: RuleKind;
  /** Names of the columns, in the order that the kind gives. */
  readonly columns: readonly string[];
}

/** A rule that holds in the data. */
export interface Rule extends RuleOption {
  /** Rows that speak for it: as many would break it, on average, if its columns had nothing to do with each other. */
  readonly rows: number;
  /** Of 'null-where': texts of the second column (see `readTexts`) at which the first is always null. */
  readonly where?: readonly (string | null)[];
  /** Of 'null-where': whether the first column is null nowhere else. */
  readonly isExact?: boolean;
  /** Of 'ratio'. */
  readonly factor?: number;
  /** Of 'order': text of the highest value of the last column. */
  readonly highest?: string;
  /** Of 'sum', 'ratio' and 'order' of floats: decimals of the column that is computed, if it has a bound. */
  readonly decimals?: number;
}

/**
 * A rule is found in the data only if so many rows speak for it: with fewer, columns that have
 * nothing to do with each other could keep it by chance.
 */
export const leastEvidence = 30;

/** A rule in words: `end ≥ start`. */
export function describeRule({ kind, columns, factor, where, isExact }: Rule): string {
  const [first, ...others] = columns;
  switch (kind) {
    case 'combination':
      return `(${columns.join(', ')}) in fixed combinations`;
    case 'order':
      return `${columns.at(-1)} ≥ ${columns.slice(0, -1).join(', ')}`;
    case 'nulls':
      return `${columns.join(', ')} null in the same rows`;
    case 'null-where': {
      const values = (where ?? []).map((text) => text ?? 'null');
      const shown = values.length > 5 ? `one of ${values.length} values` : values.join(' or ');
      return `${first} null ${isExact ? 'exactly ' : ''}where ${others[0]} is ${shown}`;
    }
    case 'sum':
      return `${first} = ${others.join(' + ')}`;
    case 'ratio':
      return `${first} = ${factor} × ${others[0]}`;
    case 'unique':
      return `${first} different in every row`;
  }
}
