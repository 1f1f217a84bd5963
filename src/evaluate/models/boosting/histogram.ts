/** Binned features, column by column. */
export interface BinnedFeatures {
  /** One bin for each row, of each feature. */
  readonly bins: readonly Uint8Array[];
  /** How many bins each feature has; the last is for what is missing. */
  readonly counts: readonly number[];
  readonly categorical: readonly boolean[];
  /** Whether any row is in the last bin. */
  readonly missing: readonly boolean[];
}

/** Gradient, hessian and rows of each bin of each feature: three numbers a bin, feature by feature. */
export type Histogram = Float64Array;

/** First number of each feature in a histogram, and the length of all. */
export function histogramOffsets(counts: readonly number[]): Int32Array {
  const offsets = new Int32Array(counts.length + 1);
  for (const [feature, count] of counts.entries()) {
    offsets[feature + 1] = (offsets[feature] as number) + 3 * count;
  }
  return offsets;
}

/** Gradients and hessians of all rows, and room for those of a node in the order of its rows. */
export interface Derivatives {
  readonly gradients: Float32Array;
  readonly hessians: Float32Array;
  readonly ordered: Float64Array;
}

/** Sums the rows `indices[start … end)` up into a cleared histogram. */
export function fillHistogram(
  histogram: Histogram,
  { bins }: BinnedFeatures,
  offsets: Int32Array,
  { gradients, hessians, ordered }: Derivatives,
  indices: Int32Array,
  start: number,
  end: number,
): void {
  for (let i = start, at = 0; i < end; i++, at += 2) {
    ordered[at] = gradients[indices[i] as number] as number;
    ordered[at + 1] = hessians[indices[i] as number] as number;
  }
  for (let feature = 0; feature < bins.length; feature++) {
    const own = bins[feature] as Uint8Array;
    const offset = offsets[feature] as number;
    for (let i = start, from = 0; i < end; i++, from += 2) {
      const at = offset + 3 * (own[indices[i] as number] as number);
      histogram[at] = (histogram[at] as number) + (ordered[from] as number);
      histogram[at + 1] = (histogram[at + 1] as number) + (ordered[from + 1] as number);
      histogram[at + 2] = (histogram[at + 2] as number) + 1;
    }
  }
}

/** Takes a child's histogram from its parent's, in place: what is left is the other child's. */
export function subtractHistogram(parent: Histogram, child: Histogram): void {
  for (let k = 0; k < parent.length; k++) parent[k] = (parent[k] as number) - (child[k] as number);
}
