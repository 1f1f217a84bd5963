import { readTogether } from '../../columns/read.js';
import { eigenvectors } from '../image/eigen.js';
import { windowStatistics } from '../sequence/window-statistics.js';
import type { LatentRows } from './latent-rows.js';
import { type Trait, type TraitValues, traitsOf } from './traits.js';

/** What moves together along a direction of the latent vectors. */
export interface TableDirection {
  /** The traits that move, the strongest first. */
  readonly moves: readonly (Trait & {
    /** Correlation of the trait with how far a row lies along the direction. */
    readonly correlation: number;
  })[];
}

/** Weaker correlations are not told: of 4,096 rows chance alone gives 0.05 one time in 600. */
const weakest = 0.1;

/**
 * The directions of a generator's latent vectors along which its rows change most: those of the largest
 * covariance between latent numbers and standardised traits (partial least squares by one singular value
 * decomposition, Bookstein 1994). They are found by one half of the rows, and told by the other, so that
 * chance finds none. The sign of a direction is that of its strongest trait.
 *
 * @param most Directions at most; those along which nothing moves are left out.
 */
export function tableDirections(made: LatentRows, most: number): TableDirection[] {
  const half = made.batches.length >> 1;
  const { rows } = readTogether({
    found: made.batches.slice(0, half),
    told: made.batches.slice(half),
  });
  const found = windowStatistics(rows.found);
  const { latent, size } = made;
  const split = found.length * size;
  const covariance = covarianceOf(latent.subarray(0, split), size, traitsOf(found));
  const traits = traitsOf(windowStatistics(rows.told));
  return eigenvectors(covariance, size)
    .slice(0, most)
    .map((direction) => describe(latent.subarray(split), direction, traits))
    .filter(({ moves }) => moves.length > 0);
}

/** CCᵀ, where C [size, traits] holds the covariances of latent numbers and standardised traits. */
function covarianceOf(
  latent: Float32Array,
  size: number,
  traits: readonly TraitValues[],
): Float64Array {
  const product = new Float64Array(size * size);
  for (const { values, mean, deviation } of traits) {
    const own = new Float64Array(size);
    for (const [row, value] of values.entries()) {
      const score = (value - mean) / deviation / values.length;
      if (score === 0) continue;
      for (let k = 0; k < size; k++) {
        own[k] = (own[k] as number) + score * (latent[row * size + k] as number);
      }
    }
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const at = i * size + j;
        product[at] = (product[at] as number) + (own[i] as number) * (own[j] as number);
      }
    }
  }
  return product;
}

function describe(
  latent: Float32Array,
  direction: Float32Array,
  traits: readonly TraitValues[],
): TableDirection {
  const size = direction.length;
  const along = Float64Array.from({ length: latent.length / size }, (_, row) =>
    direction.reduce((sum, part, k) => sum + part * (latent[row * size + k] as number), 0),
  );
  const told = traits
    .map(({ trait, values, mean, deviation }) => {
      const sum = values.reduce(
        (all, value, row) => all + (value - mean) * (along[row] as number),
        0,
      );
      return { ...trait, correlation: sum / (values.length * deviation) };
    })
    .filter(({ correlation }) => Math.abs(correlation) >= weakest)
    .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
  // A direction has no sign of its own.
  const sign = Math.sign(told[0]?.correlation ?? 1);
  return { moves: told.map((each) => ({ ...each, correlation: sign * each.correlation })) };
}
