import type { NumericColumn, Rows, Sequences } from '../../columns/column.js';
import { sampleRows } from '../../columns/select.js';
import type { Random } from '../../random.js';

/** Some sequences of one series of numbers, to be drawn. */
export interface DrawnSeries {
  /** Name of the series. */
  readonly series: string;
  /** Real ones: the numbers of each, `null` where there are none. */
  readonly real: readonly (readonly (number | null)[])[];
  /** Synthetic ones, likewise. */
  readonly synthetic: readonly (readonly (number | null)[])[];
}

/** Sequences of each side, series, and steps of each from its start. */
const most = { sequences: 5, series: 12, steps: 200 };

/** Five sequences of each side, the first 12 series of numbers of them, and 200 steps of these. */
export function drawSequences(real: Rows, synthetic: Rows, random: Random): DrawnSeries[] {
  const draw = (rows: Rows, side: string) =>
    sampleRows(rows, most.sequences, random.fork(side)).sequences;
  const [a, b] = [draw(real, 'real'), draw(synthetic, 'synthetic')];
  if (!a || !b) return [];
  return numbersOf(a)
    .slice(0, most.series)
    .map((column, k) => ({
      series: column.name,
      real: linesOf(column, a),
      synthetic: linesOf(numbersOf(b)[k] as NumericColumn, b),
    }));
}

function numbersOf({ steps }: Sequences): NumericColumn[] {
  return steps.filter((column) => column.kind === 'numeric');
}

function linesOf({ values }: NumericColumn, { offsets }: Sequences): (number | null)[][] {
  return Array.from({ length: offsets.length - 1 }, (_, row) => {
    const start = offsets[row] as number;
    const end = Math.min(offsets[row + 1] as number, start + most.steps);
    return Array.from(values.subarray(start, end), (value) => (Number.isNaN(value) ? null : value));
  });
}
