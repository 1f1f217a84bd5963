import { type Column, countNulls, type Rows } from '../../columns/column.js';
import { categoryAdherence, rangeAdherence } from './adherence.js';
import { categoryCoverage, rangeCoverage } from './coverage.js';
import { type Distribution, distributionOf } from './distribution.js';
import { ksComplement } from './ks-complement.js';
import { tvComplement } from './tv-complement.js';

/** How alike one column is on both sides. */
export interface ColumnShape {
  /** Name of the column. */
  readonly column: string;
  /** The complement of the Kolmogorov-Smirnov distance, or of the total variation. */
  readonly metric: 'KSComplement' | 'TVComplement';
  /** 1 for the same distribution, 0 for disjoint ones; `null` where a side has no value. */
  readonly score: number | null;
  /** Share of the real range, or of the real levels, that synthetic rows reach. */
  readonly coverage: number | null;
  /**
   * Share of the synthetic values that lie in the real range, or are real levels: SDMetrics'
   * BoundaryAdherence and CategoryAdherence, nulls left out. `null` where a side has no value.
   */
  readonly adherence: number | null;
  /** Share of cells that are null, real and synthetic. */
  readonly nulls: {
    /** Of the real rows. */
    readonly real: number;
    /** Of the synthetic rows. */
    readonly synthetic: number;
  };
  /** How the values are spread, for a chart. */
  readonly distribution: Distribution;
}

export function columnShapes(real: Rows, synthetic: Rows): ColumnShape[] {
  return real.columns.map((column, k) => columnShape(column, synthetic.columns[k] as Column));
}

function columnShape(real: Column, synthetic: Column): ColumnShape {
  const nulls = { real: nullShare(real), synthetic: nullShare(synthetic) };
  const more = { nulls, distribution: distributionOf(real, synthetic) };
  if (real.kind === 'numeric' && synthetic.kind === 'numeric') {
    const score = ksComplement(real.values, synthetic.values);
    const coverage = rangeCoverage(real.values, synthetic.values);
    const adherence = rangeAdherence(real.values, synthetic.values);
    return { column: real.name, metric: 'KSComplement', score, coverage, adherence, ...more };
  }
  if (real.kind === 'categorical' && synthetic.kind === 'categorical') {
    const levels = real.levels.length;
    const score = tvComplement(real.codes, synthetic.codes, levels);
    const coverage = categoryCoverage(real.codes, synthetic.codes, levels);
    const adherence = categoryAdherence(real.codes, synthetic.codes, levels);
    return { column: real.name, metric: 'TVComplement', score, coverage, adherence, ...more };
  }
  throw new TypeError(`column '${real.name}' is of two kinds`);
}

function nullShare(column: Column): number {
  const cells = column.kind === 'numeric' ? column.values.length : column.codes.length;
  return countNulls(column) / cells;
}
