import type { Column, Rows } from '../../columns/column.js';
import { pearson } from '../../columns/pearson.js';
import { binCodes, binEdges, binNumbers, binNumbersAsSdmetrics } from './bins.js';
import { type Coded, contingencyOf, contingencySimilarity, cramersV } from './contingency.js';
import { correlationSimilarity } from './correlation.js';

/** How alike the link between two columns is on both sides. */
export interface PairTrend {
  /** Names of the two columns. */
  readonly columns: readonly [string, string];
  /** How alike correlations are, or contingency tables. */
  readonly metric: 'CorrelationSimilarity' | 'ContingencySimilarity';
  /** 1 for the same link; `null` where it cannot be measured. */
  readonly score: number | null;
  /** Pearson's correlation of two numbers, else Cramér's V, of the real rows. */
  readonly real: number | null;
  /** The same of the synthetic rows. */
  readonly synthetic: number | null;
  /** Whether the real link is strong enough to count: |ρ| > 0.5, or V > 0.3. */
  readonly counts: boolean;
}

export interface PairOptions {
  /**
   * Where numbers are cut before they are compared with categories: at the real column's edges on
   * both sides (default), or as in SDMetrics, where each side has edges of its own.
   */
  readonly edges?: 'shared' | 'own';
  /** Default: 0.5. At 0 every pair counts. */
  readonly correlationThreshold?: number;
  /** Default: 0.3. At 0 every pair counts. */
  readonly associationThreshold?: number;
}

/**
 * Every pair of columns: two numbers by CorrelationSimilarity, others by ContingencySimilarity, with
 * numbers in 10 bins.
 */
export function pairTrends(real: Rows, synthetic: Rows, options: PairOptions = {}): PairTrend[] {
  const { edges = 'shared', correlationThreshold = 0.5, associationThreshold = 0.3 } = options;
  const coded = real.columns.map((column, k) =>
    codeBoth(column, synthetic.columns[k] as Column, edges),
  );
  return real.columns.flatMap((first, i) =>
    real.columns.slice(i + 1).map((second, k): PairTrend => {
      const j = i + 1 + k;
      const columns = [first.name, second.name] as const;
      if (first.kind === 'numeric' && second.kind === 'numeric') {
        const others = [synthetic.columns[i], synthetic.columns[j]];
        const correlations = correlate([first, second], others as Column[]);
        const { score, real: own } = correlations;
        const counts = score !== null && isStrong(own, correlationThreshold);
        return { columns, metric: 'CorrelationSimilarity', ...correlations, counts };
      }
      const [a, b] = [coded[i], coded[j]] as [CodedPair, CodedPair];
      const table = contingencyOf(a.real, b.real);
      const association = cramersV(table, b.real.size);
      const made = contingencyOf(a.synthetic, b.synthetic);
      const score = contingencySimilarity(table, made);
      const counts = isStrong(association, associationThreshold);
      const strengths = { real: association, synthetic: cramersV(made, b.synthetic.size) };
      return { columns, metric: 'ContingencySimilarity', score, ...strengths, counts };
    }),
  );
}

function isStrong(link: number | null, threshold: number): boolean {
  return threshold <= 0 || Math.abs(link ?? 0) > threshold;
}

function correlate(real: readonly Column[], synthetic: readonly Column[]) {
  const [a, b] = [correlationOf(real), correlationOf(synthetic)];
  return {
    score: a === null || b === null ? null : correlationSimilarity(a, b),
    real: a,
    synthetic: b,
  };
}

function correlationOf([first, second]: readonly Column[]): number | null {
  if (first?.kind !== 'numeric' || second?.kind !== 'numeric') return null;
  return pearson(first.values, second.values);
}

interface CodedPair {
  readonly real: Coded;
  readonly synthetic: Coded;
}

function codeBoth(real: Column, synthetic: Column, edges: 'shared' | 'own'): CodedPair {
  if (real.kind === 'categorical' && synthetic.kind === 'categorical') {
    return {
      real: withNull(real.codes, real.levels),
      synthetic: withNull(synthetic.codes, real.levels),
    };
  }
  if (real.kind !== 'numeric' || synthetic.kind !== 'numeric') {
    throw new TypeError(`column '${real.name}' is of two kinds`);
  }
  const realEdges = binEdges(real.values);
  const [a, b] =
    edges === 'shared'
      ? [binNumbers(real.values, realEdges), binNumbers(synthetic.values, realEdges)]
      : [
          binNumbersAsSdmetrics(real.values, realEdges),
          binNumbersAsSdmetrics(synthetic.values, binEdges(synthetic.values)),
        ];
  return { real: { codes: a, size: binCodes }, synthetic: { codes: b, size: binCodes } };
}

/** Codes from 0, the first for null. */
function withNull(codes: Int32Array, levels: readonly string[]): Coded {
  return { codes: codes.map((code) => code + 1), size: levels.length + 1 };
}
