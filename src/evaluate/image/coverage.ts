import type { Features } from './distances.js';

/** How synthetic images lie among real ones. */
export interface Neighbourhoods {
  /** Share of synthetic images within the neighbourhood of a real one (Kynkäänniemi et al. 2019). */
  readonly precision: number;
  /** Share of real images within the neighbourhood of a synthetic one (ibid.). */
  readonly recall: number;
  /** Neighbourhoods of real images that a synthetic one is in, over k (Naeem et al. 2020). */
  readonly density: number;
  /** Share of real images whose neighbourhood holds a synthetic one (ibid.). */
  readonly coverage: number;
}

/**
 * Precision, recall, density and coverage. A neighbourhood reaches as far as the `k`th nearest of an
 * image's own kind; it takes time with the square of the images.
 */
export function measureNeighbourhoods(real: Features, synthetic: Features, k = 5): Neighbourhoods {
  const [realReach, syntheticReach] = [reachOf(real, k), reachOf(synthetic, k)];
  const [rows, others] = [countOf(real), countOf(synthetic)];
  const covered = new Uint8Array(rows);
  const recalled = new Uint8Array(rows);
  let [precise, inside] = [0, 0];
  for (let j = 0; j < others; j++) {
    let within = 0;
    for (let i = 0; i < rows; i++) {
      const distance = distanceOf(real, i, synthetic, j);
      if (distance <= (realReach[i] as number)) {
        within++;
        covered[i] = 1;
      }
      if (distance <= (syntheticReach[j] as number)) recalled[i] = 1;
    }
    inside += within;
    precise += Number(within > 0);
  }
  const shareOf = (flags: Uint8Array) => flags.reduce((sum, flag) => sum + flag, 0) / rows;
  return {
    precision: precise / others,
    recall: shareOf(recalled),
    density: inside / (k * others),
    coverage: shareOf(covered),
  };
}

const countOf = ({ values, size }: Features) => values.length / size;

/** Squared distance of each image to its kth nearest. */
function reachOf(features: Features, k: number): Float64Array {
  const rows = countOf(features);
  return Float64Array.from({ length: rows }, (_, i) => {
    const distances = Float64Array.from({ length: rows }, (_, j) =>
      i === j ? Number.POSITIVE_INFINITY : distanceOf(features, i, features, j),
    );
    return distances.sort()[Math.min(k, rows - 1) - 1] as number;
  });
}

function distanceOf(a: Features, i: number, b: Features, j: number): number {
  const { size } = a;
  let sum = 0;
  for (let k = 0; k < size; k++) {
    sum += ((a.values[i * size + k] as number) - (b.values[j * size + k] as number)) ** 2;
  }
  return sum;
}
