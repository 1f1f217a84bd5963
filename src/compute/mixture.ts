/** What an element of an axis takes from another axis: the element at `from`, times `weight`. */
export interface Share {
  readonly from: number;
  readonly weight: number;
}

/** For each element of the result the shares that it is the sum of: a sparse matrix, by rows. */
export type Mixture = readonly (readonly Share[])[];

/** The k-th share of every element; one that has fewer takes nothing from `none`. */
export function shareOf(
  mixture: Mixture,
  k: number,
  none: number,
): { from: number[]; weights: number[] } {
  return {
    from: mixture.map((shares) => shares[k]?.from ?? none),
    weights: mixture.map((shares) => shares[k]?.weight ?? 1),
  };
}

/** Most and fewest shares of an element. */
export function countsOf(mixture: Mixture): { most: number; fewest: number } {
  const counts = mixture.map((shares) => shares.length);
  return { most: Math.max(1, ...counts), fewest: Math.min(...counts) };
}

/** Who takes from each of `size` elements, and how much: the transposed matrix. */
export function transposed(mixture: Mixture, size: number): Mixture {
  const shares = Array.from({ length: size }, (): Share[] => []);
  mixture.forEach((taken, from) => {
    for (const share of taken) shares[share.from]?.push({ from, weight: share.weight });
  });
  return shares;
}

/** How an axis is resized, as tfjs defines it. */
export interface ResizeRule {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** Each element from the nearest of `size`. */
export function nearest(size: number, resized: number, resize: ResizeRule): Mixture {
  const ratio = ratioOf(size, resized, resize);
  return Array.from({ length: resized }, (_, k) => {
    const place = ratio * (resize.halfPixelCenters ? k + 0.5 : k);
    const from = resize.alignCorners ? Math.round(place) : Math.floor(place);
    return [{ from: Math.min(size - 1, Math.max(0, from)), weight: 1 }];
  });
}

/** Each element between its two neighbours of `size`. */
export function linear(size: number, resized: number, resize: ResizeRule): Mixture {
  const ratio = ratioOf(size, resized, resize);
  return Array.from({ length: resized }, (_, k) => {
    const place = resize.halfPixelCenters ? ratio * (k + 0.5) - 0.5 : ratio * k;
    const below = Math.max(0, Math.floor(place));
    const above = Math.min(size - 1, Math.ceil(place));
    if (below >= above) return [{ from: Math.min(below, size - 1), weight: 1 }];
    const weight = place - below;
    return [
      { from: below, weight: 1 - weight },
      { from: above, weight },
    ];
  });
}

function ratioOf(size: number, resized: number, { alignCorners }: ResizeRule): number {
  return alignCorners && resized > 1 ? (size - 1) / (resized - 1) : size / resized;
}
