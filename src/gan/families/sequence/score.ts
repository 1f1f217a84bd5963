import { largestGap } from '../../../columns/statistics.js';
import type { EncodedTable } from '../../../encode/table.js';
import type { Score } from '../../training/training.js';
import { numbersOf, type SequenceTable } from './sequence-table.js';

/** Pairs of numbers whose products are compared, at most. */
const mostPairs = 28;

/** Different sequences are told apart by this many bins of the means of their numbers. */
const bins = 32;

/**
 * How near made sequences are to as many held-out ones: 1 less the mean distance, that of Kolmogorov and
 * Smirnov, of what is measured of each: lengths, values, changes, means, deviations and products of
 * numbers, shares of codes and of their changes, and attributes. And how different they are.
 */
export function scoreSequences(held: SequenceTable, made: SequenceTable): Score {
  const [real, ours] = [measuresOf(held), measuresOf(made)];
  const distances = real.map((values, k) => distance(values, ours[k] as Float64Array));
  const score = 1 - distances.reduce((sum, each) => sum + each, 0) / Math.max(distances.length, 1);
  // What two samples of one distribution differ by, on average.
  const noise = 0.6 * Math.sqrt(1 / held.rows + 1 / made.rows);
  return { score, noise, variety: varietyOf(made) / varietyOf(held) };
}

function measuresOf(table: SequenceTable): Float64Array[] {
  const { rows, offsets } = table;
  const numbers = numberMeasures(table);
  const codes = table.steps.layout.spans.flatMap(({ kind, size }, span) =>
    kind === 'onehot' ? codeMeasures(table, span, size) : [],
  );
  const lengths = Float64Array.from(
    { length: rows },
    (_, row) => (offsets[row + 1] as number) - (offsets[row] as number),
  );
  const isVaried = lengths.some((length) => length !== lengths[0]);
  return [...(isVaried ? [lengths] : []), ...numbers, ...codes, ...attributeMeasures(table)];
}

function numberMeasures({ rows, offsets, steps }: SequenceTable): Float64Array[] {
  const numbers = numbersOf(steps.layout).map(({ index }) => steps.values[index] as Float32Array);
  const perRow = (measure: (start: number, end: number) => number) =>
    Float64Array.from({ length: rows }, (_, row) =>
      measure(offsets[row] as number, offsets[row + 1] as number),
    );
  const all = numbers.flatMap((values) => {
    const mean = perRow((start, end) => meanOf(values, start, end));
    return [
      Float64Array.from(values),
      changesOf(values, offsets),
      mean,
      perRow((start, end) => deviationOf(values, start, end)),
      perRow((start, end) => (values[end - 1] as number) - (values[start] as number)),
    ];
  });
  const pairs = numbers.flatMap((a, k) => numbers.slice(k + 1).map((b) => [a, b] as const));
  const products = pairs
    .slice(0, mostPairs)
    .map(([a, b]) => perRow((start, end) => covarianceOf(a, b, start, end)));
  return [...all, ...products];
}

/** Per sequence, how often its code is each of the first ones, and how often it changes. */
function codeMeasures(
  { rows, offsets, steps }: SequenceTable,
  span: number,
  size: number,
): Float64Array[] {
  const codes = steps.values[span] as Int32Array;
  const share = (isCounted: (item: number, start: number) => boolean) =>
    Float64Array.from({ length: rows }, (_, row) => {
      const [start, end] = [offsets[row] as number, offsets[row + 1] as number];
      let count = 0;
      for (let item = start; item < end; item++) if (isCounted(item, start)) count++;
      return count / Math.max(end - start, 1);
    });
  return [
    ...Array.from({ length: Math.min(size - 1, 8) }, (_, code) =>
      share((item) => codes[item] === code),
    ),
    share((item, start) => item > start && codes[item] !== codes[item - 1]),
  ];
}

function attributeMeasures({ attributes }: SequenceTable): Float64Array[] {
  return attributes.layout.spans.flatMap(({ kind, size }, span) => {
    const values = attributes.values[span] as ArrayLike<number>;
    if (kind === 'scalar') return [Float64Array.from(values)];
    return Array.from({ length: Math.min(size, 16) }, (_, code) =>
      Float64Array.from(values, (each) => (each === code ? 1 : 0)),
    );
  });
}

function changesOf(values: Float32Array, offsets: Int32Array): Float64Array {
  const starts = new Set(offsets);
  return Float64Array.from(values, (value, item) =>
    starts.has(item) ? 0 : value - (values[item - 1] as number),
  );
}

function meanOf(values: Float32Array, start: number, end: number): number {
  let sum = 0;
  for (let item = start; item < end; item++) sum += values[item] as number;
  return sum / Math.max(end - start, 1);
}

function deviationOf(values: Float32Array, start: number, end: number): number {
  return Math.sqrt(Math.max(covarianceOf(values, values, start, end), 0));
}

function covarianceOf(a: Float32Array, b: Float32Array, start: number, end: number): number {
  const [meanA, meanB] = [meanOf(a, start, end), meanOf(b, start, end)];
  let sum = 0;
  for (let item = start; item < end; item++) {
    sum += ((a[item] as number) - meanA) * ((b[item] as number) - meanB);
  }
  return sum / Math.max(end - start, 1);
}

/** sup |F − G| of two samples. */
function distance(real: Float64Array, made: Float64Array): number {
  const [a, b] = [real.toSorted(), made.toSorted()];
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 0 : 1;
  return largestGap(a, b);
}

/** Share of sequences that differ in attributes, length, or the binned means of their numbers. */
function varietyOf({ rows, offsets, steps, attributes }: SequenceTable): number {
  const numbers = numbersOf(steps.layout).slice(0, 4);
  const codes = codesOf(attributes);
  const different = new Set<string>();
  for (let row = 0; row < rows; row++) {
    const [start, end] = [offsets[row] as number, offsets[row + 1] as number];
    const means = numbers.map(({ index }) =>
      Math.round(((meanOf(steps.values[index] as Float32Array, start, end) + 1) * bins) / 2),
    );
    different.add([end - start, ...means, ...codes.map((all) => all[row])].join());
  }
  return different.size / Math.max(rows, 1);
}

function codesOf({ layout, values }: EncodedTable): Int32Array[] {
  return layout.spans.flatMap(({ kind }, span) =>
    kind === 'onehot' ? [values[span] as Int32Array] : [],
  );
}
