import type { Column, Rows } from '../../../columns/column.js';
import { drawIndices } from '../../../columns/select.js';
import { quantileOf } from '../../../columns/statistics.js';
import type { Random } from '../../../random.js';
import { randomRows } from '../random-rows.js';
import { bootstrap, type Measured, weightedMean } from './measured.js';

/** How often a guess from synthetic rows is true of exactly one real row. */
export interface SinglingOut {
  /** Of as many training rows as held-out ones. */
  readonly members: Measured;
  /** Of held-out rows: what such a guess hits anyway. */
  readonly others: Measured;
  /** Of training rows, where guesses come from random rows. */
  readonly random: Measured;
  /** What training rows are hit more than held-out ones. */
  readonly excess: Measured;
}

const attempts = 500;

/** Columns that a guess speaks of. */
const mostColumns = 4;

/**
 * Singles rows out: each guess says of up to four drawn columns of a synthetic row that a number is as
 * far out as there (at least, above the synthetic median, or else at most), and that a category or
 * null is the same. It succeeds where exactly one row of as many is so.
 *
 * Source: Giomi et al. 2023, A Unified Framework for Quantifying Privacy Risk in Synthetic Data.
 */
export function singleOut(
  members: Rows,
  others: Rows,
  synthetic: Rows,
  random: Random,
): SinglingOut {
  const rows = Math.min(members.length, others.length);
  const draw = random.fork('guesses');
  const from = randomRows(members, attempts, random.fork('random rows'));
  const hits = { members: [] as number[], others: [] as number[], random: [] as number[] };
  const [guessOf, randomGuessOf] = [guesses(synthetic), guesses(from)];
  for (let k = 0; k < attempts; k++) {
    const own = draw.fork(k);
    const columns = drawIndices(
      synthetic.columns.length,
      Math.min(mostColumns, synthetic.columns.length),
      own,
    );
    const guess = guessOf(own.integer(synthetic.length), columns);
    hits.members.push(+isOne(guess, members, rows));
    hits.others.push(+isOne(guess, others, rows));
    hits.random.push(+isOne(randomGuessOf(k, columns), members, rows));
  }
  const share = (values: readonly number[], stream: string) =>
    bootstrap([attempts], ([weights] = []) => weightedMean(values, weights), random.fork(stream));
  return {
    members: share(hits.members, 'members'),
    others: share(hits.others, 'others'),
    random: share(hits.random, 'random'),
    excess: share(
      hits.members.map((hit, k) => hit - (hits.others[k] as number)),
      'excess',
    ),
  };
}

/** What a row may be like, column by column. */
type Guess = readonly { readonly column: number; fits(column: Column, row: number): boolean }[];

/** Guesses after the model of some rows. */
function guesses({ columns }: Rows): (row: number, about: Int32Array) => Guess {
  const medians = columns.map((column) => {
    if (column.kind === 'categorical') return Number.NaN;
    const known = column.values.filter((value) => !Number.isNaN(value)).sort();
    return known.length > 0 ? quantileOf(known, 0.5) : Number.NaN;
  });
  return (row, about) =>
    Array.from(about, (column) => {
      const own = columns[column] as Column;
      return { column, fits: likeCell(own, row, medians[column] as number) };
    });
}

function likeCell(own: Column, row: number, median: number): Guess[number]['fits'] {
  if (own.kind === 'categorical') {
    const code = own.codes[row];
    return (column, at) => column.kind === 'categorical' && column.codes[at] === code;
  }
  const value = own.values[row] as number;
  return (column, at) => {
    if (column.kind === 'categorical') return false;
    const other = column.values[at] as number;
    if (Number.isNaN(value)) return Number.isNaN(other);
    return value > median ? other >= value : other <= value;
  };
}

/** Whether a guess is true of exactly one of the first rows. */
function isOne(guess: Guess, { columns }: Rows, rows: number): boolean {
  let found = 0;
  for (let row = 0; row < rows && found < 2; row++) {
    found += +guess.every(({ column, fits }) => fits(columns[column] as Column, row));
  }
  return found === 1;
}
