import type { Rows } from '../../columns/column.js';
import { sampleRows } from '../../columns/select.js';
import type { Random } from '../../random.js';
import { backDesign, type Design, fitDesign, scoreDesign } from '../models/linear/design.js';

/** Rows as points of a plane, so that rows alike lie close together. */
export interface RowMap {
  /** Share of the variance of real rows along each axis. */
  readonly explained: readonly [number, number];
  /** Real rows, drawn. */
  readonly real: readonly Point[];
  /** Synthetic rows, drawn. */
  readonly synthetic: readonly Point[];
}

/** A point of a plane. */
export type Point = readonly [x: number, y: number];

/** Rows that are drawn of each table, at most, and real rows that the axes are fitted to. */
const most = { drawn: 400, fitted: 2000 } as const;

const iterations = 60;

/**
 * A map of rows by the first two principal components of the real ones: numbers centred and scaled,
 * each level of a category a column of zeros and ones. The axes are found by power iteration.
 */
export function mapRows(real: Rows, synthetic: Rows, random: Random): RowMap | null {
  if (real.columns.length === 0 || real.length < 2) return null;
  const fitted = sampleRows(real, most.fitted, random.fork('fitted'));
  const designer = fitDesign(fitted);
  const design = designer(fitted);
  const axes: Float64Array[] = [];
  for (let axis = 0; axis < Math.min(2, design.width); axis++) {
    axes.push(principalAxis(design, axes, random.fork('axis', axis)));
  }
  const means = axes.map((axis) => meanOf(project(design, axis)));
  const pointsOf = (rows: Rows, name: string): Point[] => {
    const drawn = designer(sampleRows(rows, most.drawn, random.fork(name)));
    const [xs, ys] = [0, 1].map((k) => {
      const axis = axes[k];
      return axis && project(drawn, axis).map((value) => value - (means[k] as number));
    });
    return Array.from({ length: drawn.rows }, (_, row) => [round(xs?.[row]), round(ys?.[row])]);
  };
  const whole = totalVariance(design);
  const [first = 0, second = 0] = axes.map((axis) => varianceOf(project(design, axis)) / whole);
  return {
    explained: [round(first), round(second)],
    real: pointsOf(real, 'real'),
    synthetic: pointsOf(synthetic, 'synthetic'),
  };
}

const round = (value = 0) => (Number.isFinite(value) ? Number(value.toFixed(3)) : 0);

/** The direction of most variance that is orthogonal to the others, of length 1. */
function principalAxis(
  design: Design,
  others: readonly Float64Array[],
  random: Random,
): Float64Array {
  let axis = normalized(
    Float64Array.from({ length: design.width }, () => random.normal()),
    others,
  );
  for (let k = 0; k < iterations; k++) {
    const scores = project(design, axis);
    const mean = meanOf(scores);
    // The first weight is the intercept's.
    const gradient = new Float64Array(design.width + 1);
    backDesign(
      design,
      scores.map((value) => value - mean),
      1,
      gradient,
    );
    axis = normalized(gradient.subarray(1), others);
  }
  return axis;
}

function normalized(vector: Float64Array, others: readonly Float64Array[]): Float64Array {
  const own = vector.slice();
  for (const other of others) {
    const along = own.reduce((sum, value, k) => sum + value * (other[k] as number), 0);
    for (let k = 0; k < own.length; k++) own[k] = (own[k] as number) - along * (other[k] as number);
  }
  const length = Math.hypot(...own);
  return length > 0 ? own.map((value) => value / length) : own;
}

function project(design: Design, axis: Float64Array): Float64Array {
  const weights = new Float64Array(axis.length + 1);
  weights.set(axis, 1);
  return scoreDesign(design, weights, 1);
}

const meanOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function varianceOf(values: Float64Array): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

/** The variance of all columns of a design together. */
function totalVariance({ rows, numbers, places, width }: Design): number {
  const count = numbers.length / rows;
  let total = 0;
  for (let column = 0; column < count; column++) {
    total += varianceOf(
      Float64Array.from({ length: rows }, (_, row) => numbers[row * count + column] as number),
    );
  }
  const counts = new Float64Array(width);
  for (const place of places) if (place >= 0) counts[place] = (counts[place] as number) + 1;
  for (const ones of counts) total += (ones / rows) * (1 - ones / rows);
  return Math.max(total, Number.MIN_VALUE);
}
