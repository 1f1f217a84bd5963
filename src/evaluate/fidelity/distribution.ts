import type { CategoricalColumn, Column, NumericColumn } from '../../columns/column.js';
import { countCodes } from '../../columns/count-codes.js';
import { rangeOf } from './coverage.js';

/** What a column holds on both sides, coarsely: shares of the cells that are not null. */
export interface Distribution {
  /** Of categories the most frequent real levels; of numbers where each bin starts, of times that since the first. */
  readonly labels: readonly (string | number)[];
  /** Share of the real rows at each label. */
  readonly real: readonly number[];
  /** Share of the synthetic rows at each label. */
  readonly synthetic: readonly number[];
}

const mostLevels = 10;
const bins = 20;

/** Ten levels and '(other)', or twenty equal bins over the middle 99 % of the real numbers. */
export function distributionOf(real: Column, synthetic: Column): Distribution {
  if (real.kind === 'numeric' && synthetic.kind === 'numeric') return ofNumbers(real, synthetic);
  if (real.kind === 'categorical' && synthetic.kind === 'categorical') {
    return ofLevels(real, synthetic);
  }
  throw new TypeError(`column '${real.name}' is of two kinds`);
}

function ofLevels(real: CategoricalColumn, synthetic: CategoricalColumn): Distribution {
  const [a, b] = [real, synthetic].map(({ codes }) => countCodes(codes, real.levels.length)) as [
    ReturnType<typeof countCodes>,
    ReturnType<typeof countCodes>,
  ];
  const order = [...real.levels.keys()].sort(
    (i, j) => (a.counts[j] as number) - (a.counts[i] as number) || i - j,
  );
  const [shown, rest] = [order.slice(0, mostLevels), order.slice(mostLevels)];
  const shares = ({ counts, total }: typeof a) => {
    const share = (code: number) => (counts[code] as number) / Math.max(1, total);
    const others = rest.length > 0 ? [rest.reduce((sum, code) => sum + share(code), 0)] : [];
    return [...shown.map(share), ...others];
  };
  const labels = shown.map((code) => real.levels[code] as string);
  return {
    labels: rest.length > 0 ? [...labels, '(other)'] : labels,
    real: shares(a),
    synthetic: shares(b),
  };
}

function ofNumbers(real: NumericColumn, synthetic: NumericColumn): Distribution {
  const sorted = real.values.filter(Number.isFinite).sort();
  // A few far ones would leave all others in one bin.
  const middle = sorted.subarray(
    Math.floor(0.005 * sorted.length),
    Math.ceil(0.995 * sorted.length),
  );
  const { lowest, highest } = rangeOf(middle);
  const width = highest > lowest ? (highest - lowest) / bins : 1;
  const shares = (values: Float64Array) => {
    const counts = new Array<number>(bins).fill(0);
    let total = 0;
    for (const value of values) {
      if (Number.isNaN(value)) continue;
      const bin = Math.min(Math.max(Math.floor((value - lowest) / width), 0), bins - 1);
      counts[bin] = (counts[bin] as number) + 1;
      total++;
    }
    return counts.map((count) => count / Math.max(1, total));
  };
  if (sorted.length === 0) return { labels: [], real: [], synthetic: [] };
  return {
    labels: Array.from({ length: bins }, (_, bin) => {
      const start = Number((lowest + bin * width).toPrecision(6));
      return real.temporal ? `+${start}` : start;
    }),
    real: shares(real.values),
    synthetic: shares(synthetic.values),
  };
}
