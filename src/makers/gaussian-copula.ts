import { pearson } from '../columns/pearson.js';
import type { RowsInput } from '../columns/read.js';
import { createRandom } from '../random.js';
import { joinNulls, marginOf, splitNulls } from './margin.js';
import { normalQuantile, normalShare } from './normal.js';
import type { RowMaker } from './row-maker.js';
import { fitTableCodec } from './table-codec.js';

/**
 * Each column has its own empirical distribution; a multivariate normal links them (Nelsen 2006;
 * with categories as intervals as in Patki et al. 2016). It knows links between pairs of columns
 * that only rise or only fall.
 *
 * @throws DataError for an input without rows.
 * @throws SchemaError for a column that can neither be modelled nor be null.
 */
export function fitGaussianCopula(real: RowsInput): RowMaker {
  const codec = fitTableCodec(real);
  const { columns } = codec.rows;
  const margins = columns.flatMap(splitNulls).map(marginOf);
  const random = createRandom('gaussian copula');
  const scores = margins.map((margin, k) => margin.toShares(random.fork(k)).map(scoreOf));
  const factor = cholesky(correlations(scores));
  return {
    name: 'gaussian copula',
    sample(rows, seed) {
      const own = createRandom(seed).fork('gaussian copula');
      const noise = margins.map((_, k) => {
        const stream = own.fork('noise', k);
        return Float64Array.from({ length: rows }, () => stream.normal());
      });
      const made = margins.map((margin, k) => {
        const linked = new Float64Array(rows);
        for (let j = 0; j <= k; j++) {
          const share = factor[k]?.[j] as number;
          const from = noise[j] as Float64Array;
          for (let row = 0; row < rows; row++) {
            linked[row] = (linked[row] as number) + share * (from[row] as number);
          }
        }
        return margin.fromShares(linked.map(normalShare));
      });
      return codec.build({ length: rows, columns: joinNulls(columns, made) }, own);
    },
  };
}

const scoreOf = (share: number) => normalQuantile(Math.min(Math.max(share, 1e-12), 1 - 1e-12));

/** Pearson's correlations over the rows where both are known; 0 with what does not vary. */
function correlations(scores: readonly Float64Array[]): number[][] {
  return scores.map((first, i) =>
    scores.map((second, j) => (i === j ? 1 : (pearson(first, second) ?? 0))),
  );
}

/** L of L Lᵀ = a matrix, whose diagonal is lifted a little where it must be. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const factor = matrix.map((row) => row.map(() => 0));
  for (const [i, row] of matrix.entries()) {
    for (let j = 0; j <= i; j++) {
      const own = factor[i] as number[];
      let rest = row[j] as number;
      for (let k = 0; k < j; k++) rest -= (own[k] as number) * (factor[j]?.[k] as number);
      own[j] = i === j ? Math.sqrt(Math.max(rest, 1e-10)) : rest / (factor[j]?.[j] as number);
    }
  }
  return factor;
}
