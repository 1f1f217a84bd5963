import type {
  CategoricalColumn,
  Column,
  NumericColumn,
  Rows,
  Sequences,
} from '../../columns/column.js';
import { pearson } from '../../columns/pearson.js';

/** Pairs of numbers whose correlation within a sequence is a column, at most. */
const mostPairs = 28;

/** Levels of a category whose share of the steps is a column, at most. */
const mostLevels = 16;

/** Windows of a sequence whose means are columns. */
const windows = 4;

/**
 * Each sequence as one row of numbers, for what measures rows: its attributes, how many steps it has, and
 * of each series what windows of it hold. Rows that are no sequences stay as they are.
 *
 * Of numbers: mean, standard deviation, lowest, highest, first and last one; the mean of absolute changes
 * from step to step and of changes of these; the correlation of neighbours; the mean of each quarter; the
 * share of nulls; of the first 28 pairs of series the correlation over the sequence. Of categories: the
 * share of each of the first 16 levels and of changes, the first and the last level. What cannot be said,
 * as of one step, is null.
 */
export function windowStatistics({ sequences, ...rows }: Rows): Rows {
  if (!sequences) return rows;
  const steps: NumericColumn = {
    ...{ kind: 'numeric', name: '(steps)', temporal: false },
    values: perSequence(sequences, (start, end) => end - start),
  };
  const statistics = sequences.steps.flatMap((column) =>
    column.kind === 'numeric'
      ? numberStatistics(column, sequences)
      : codeStatistics(column, sequences),
  );
  return {
    ...rows,
    columns: [...rows.columns, steps, ...statistics, ...pairStatistics(sequences)],
  };
}

function perSequence(
  { offsets }: Sequences,
  measure: (start: number, end: number) => number,
): Float64Array {
  return Float64Array.from({ length: offsets.length - 1 }, (_, row) =>
    measure(offsets[row] as number, offsets[row + 1] as number),
  );
}

const named = (name: string, values: Float64Array): NumericColumn => ({
  ...{ kind: 'numeric', name, values, temporal: false },
});

/** Statistics of the known numbers of a sequence, by their names. */
const ofNumbers: Readonly<Record<string, (numbers: Float64Array) => number>> = {
  mean: meanOf,
  deviation: (numbers) => {
    const mean = meanOf(numbers);
    return Math.sqrt(meanOf(numbers.map((value) => (value - mean) ** 2)));
  },
  lowest: (numbers) =>
    numbers.reduce((least, value) => Math.min(least, value), numbers[0] as number),
  highest: (numbers) =>
    numbers.reduce((most, value) => Math.max(most, value), numbers[0] as number),
  first: (numbers) => numbers[0] as number,
  last: (numbers) => numbers.at(-1) as number,
  change: (numbers) => meanOf(changesOf(numbers).map(Math.abs)),
  turn: (numbers) => meanOf(changesOf(changesOf(numbers)).map(Math.abs)),
  'correlation of neighbours': (numbers) =>
    pearson(numbers.subarray(0, -1), numbers.subarray(1)) ?? Number.NaN,
};

function numberStatistics({ name, values }: NumericColumn, sequences: Sequences): NumericColumn[] {
  const hasNulls = values.some(Number.isNaN);
  const known = (start: number, end: number) => {
    const cells = values.subarray(start, end);
    return hasNulls ? cells.filter((value) => !Number.isNaN(value)) : cells;
  };
  const statistics = Object.entries(ofNumbers).map(([what, statistic]) =>
    named(
      `${name}: ${what}`,
      perSequence(sequences, (start, end) => {
        const numbers = known(start, end);
        return numbers.length === 0 ? Number.NaN : statistic(numbers);
      }),
    ),
  );
  const quarters = Array.from({ length: windows }, (_, window) =>
    named(
      `${name}: mean of quarter ${window + 1}`,
      perSequence(sequences, (start, end) => {
        const place = (part: number) => start + Math.round((part * (end - start)) / windows);
        return meanOf(known(place(window), place(window + 1)));
      }),
    ),
  );
  const nulls = perSequence(
    sequences,
    (start, end) => 1 - known(start, end).length / Math.max(end - start, 1),
  );
  return [...statistics, ...quarters, named(`${name}: nulls`, nulls)];
}

function codeStatistics(column: CategoricalColumn, sequences: Sequences): Column[] {
  const { name, codes, levels } = column;
  const share = (isCounted: (step: number, start: number) => boolean) =>
    perSequence(sequences, (start, end) => {
      let count = 0;
      for (let step = start; step < end; step++) if (isCounted(step, start)) count++;
      return count / Math.max(end - start, 1);
    });
  const at = (what: string, place: (start: number, end: number) => number): CategoricalColumn => ({
    ...column,
    name: `${name}: ${what}`,
    codes: Int32Array.from(
      perSequence(sequences, (start, end) =>
        end > start ? (codes[place(start, end)] as number) : -1,
      ),
    ),
  });
  const changes = share((step, start) => step > start && codes[step] !== codes[step - 1]);
  return [
    ...levels.slice(0, mostLevels).map((level, code) =>
      named(
        `${name}: share of ${level}`,
        share((step) => codes[step] === code),
      ),
    ),
    named(`${name}: changes`, changes),
    at('first', (start) => start),
    at('last', (_, end) => end - 1),
  ];
}

function pairStatistics(sequences: Sequences): NumericColumn[] {
  const numbers = sequences.steps.filter((column) => column.kind === 'numeric');
  const pairs = numbers.flatMap((a, k) => numbers.slice(k + 1).map((b) => [a, b] as const));
  return pairs.slice(0, mostPairs).map(([a, b]) => {
    const correlation = (start: number, end: number) =>
      pearson(a.values.subarray(start, end), b.values.subarray(start, end)) ?? Number.NaN;
    return named(`${a.name} – ${b.name}: correlation`, perSequence(sequences, correlation));
  });
}

function meanOf(numbers: Float64Array): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

function changesOf(numbers: Float64Array): Float64Array {
  return numbers.slice(1).map((value, k) => value - (numbers[k] as number));
}
