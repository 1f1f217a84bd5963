import type { Column, Rows } from '../../columns/column.js';
import { sampleRows } from '../../columns/select.js';
import { meanOf, quantileOf } from '../../columns/statistics.js';
import type { Random } from '../../random.js';

/** Accuracies of marginal distributions in [0, 1]; null where there are too few columns. */
export interface MarginalAccuracy {
  /** Of single columns. */
  readonly univariate: number | null;
  /** Of pairs of columns. */
  readonly bivariate: number | null;
  /** Of three columns together. */
  readonly trivariate: number | null;
}

/** How alike marginal distributions are, one, two and three columns at a time. */
export interface Accuracy {
  /** Synthetic rows beside real ones. */
  readonly synthetic: MarginalAccuracy;
  /** As many held-out rows beside the same real ones: what is to be had. Null without any. */
  readonly holdout: MarginalAccuracy | null;
}

/** Bins of a column, but for nulls; pairs and triples of columns, and rows, at most: of more some are drawn. */
const most = { bins: 10, pairs: 1000, triples: 200, rows: 10_000 } as const;

/**
 * Compares marginal distributions of rows: 1 − ½ Σ |p − q| over the cells of one, two and three columns,
 * whose numbers are cut at the real deciles, and whose levels are the nine most frequent real ones and the
 * rest; null is a cell of its own. Means over columns, pairs and triples. As many rows of either side are
 * compared as of held-out ones, as few rows differ by chance.
 *
 * Source: Platzer and Reutterer 2021, Holdout-based empirical assessment of mixed-type synthetic data
 * (arXiv 2104.00635).
 */
export function marginalAccuracy(
  real: Rows,
  synthetic: Rows,
  holdout: Rows | undefined,
  random: Random,
): Accuracy {
  const count = Math.min(most.rows, synthetic.length, holdout?.length ?? synthetic.length);
  const cut = real.columns.map(binsOf);
  const binned = (rows: Rows) => rows.columns.map((column, k) => (cut[k] as Bins)(column));
  const own = binned(sampleRows(real, most.rows, random.fork('real')));
  const groups = [1, 2, 3].map((size) => groupsOf(own.length, size, random.fork('groups', size)));
  const accuracyOf = (rows: Rows, name: string): MarginalAccuracy => {
    const other = binned(sampleRows(rows, count, random.fork(name)));
    const [univariate, bivariate, trivariate] = groups.map((columns) =>
      meanOf(columns.map((places) => overlap(places, own, other))),
    ) as [number | null, number | null, number | null];
    return { univariate, bivariate, trivariate };
  };
  return {
    synthetic: accuracyOf(synthetic, 'synthetic'),
    holdout: holdout ? accuracyOf(holdout, 'holdout') : null,
  };
}

/** Puts the cells of a column into bins; bin 0 is null. */
type Bins = (column: Column) => Uint8Array;

function binsOf(real: Column): Bins {
  if (real.kind === 'categorical') {
    const counts = new Map<number, number>();
    for (const code of real.codes) if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1);
    const frequent = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most.bins - 1);
    const places = new Map(frequent.map(([code], k) => [code, k + 1]));
    return (column) =>
      Uint8Array.from(column.kind === 'categorical' ? column.codes : [], (code) =>
        code < 0 ? 0 : (places.get(code) ?? most.bins),
      );
  }
  const sorted = real.values.filter((value) => !Number.isNaN(value)).sort();
  const edges = Array.from({ length: most.bins - 1 }, (_, k) =>
    sorted.length === 0 ? 0 : quantileOf(sorted, (k + 1) / most.bins),
  );
  return (column) =>
    Uint8Array.from(column.kind === 'numeric' ? column.values : [], (value) =>
      Number.isNaN(value) ? 0 : 1 + edges.filter((edge) => value > edge).length,
    );
}

/** All groups of so many columns, or some that are drawn. */
function groupsOf(columns: number, size: number, random: Random): number[][] {
  if (columns < size) return [];
  if (size === 1) return Array.from({ length: columns }, (_, k) => [k]);
  const limit = size === 2 ? most.pairs : most.triples;
  const all =
    size === 2 ? (columns * (columns - 1)) / 2 : (columns * (columns - 1) * (columns - 2)) / 6;
  if (all <= limit) return combinations(columns, size);
  return Array.from({ length: limit }, () => {
    const drawn = new Set<number>();
    while (drawn.size < size) drawn.add(random.integer(columns));
    return [...drawn];
  });
}

function combinations(columns: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: columns - from }, (_, k) => from + k).flatMap((first) =>
    combinations(columns, size - 1, first + 1).map((rest) => [first, ...rest]),
  );
}

/** One less the total variation distance of the cells of some columns. */
function overlap(
  places: readonly number[],
  own: readonly Uint8Array[],
  other: readonly Uint8Array[],
): number {
  const base = most.bins + 1;
  const sharesOf = (columns: readonly Uint8Array[]) => {
    const chosen = places.map((place) => columns[place] as Uint8Array);
    const rows = chosen[0]?.length ?? 0;
    const counts = new Float64Array(base ** places.length);
    for (let row = 0; row < rows; row++) {
      let cell = 0;
      for (const bins of chosen) cell = cell * base + (bins[row] as number);
      counts[cell] = (counts[cell] as number) + 1;
    }
    return counts.map((rowsOfCell) => rowsOfCell / rows);
  };
  const [p, q] = [sharesOf(own), sharesOf(other)];
  return p.reduce((sum, share, cell) => sum + Math.min(share, q[cell] as number), 0);
}
