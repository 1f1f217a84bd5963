/** Examples by falling score, with ties as one group: what rankings are measured over. */
export interface Ranking {
  /** Rows in order of falling score. */
  readonly order: Int32Array;
  /** Where in `order` each group of equal scores ends, exclusive. */
  readonly ends: Int32Array;
}

export function rank(scores: Float64Array): Ranking {
  const order = Int32Array.from({ length: scores.length }, (_, row) => row);
  order.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  const ends: number[] = [];
  for (let k = 1; k <= order.length; k++) {
    if (k === order.length || scores[order[k] as number] !== scores[order[k - 1] as number]) {
      ends.push(k);
    }
  }
  return { order, ends: Int32Array.from(ends) };
}

/**
 * Area under the ROC curve: the chance that a positive row is ranked above a negative one, ties
 * half; NaN without both. `weights` say how often each row counts.
 */
export function rocAuc(
  ranking: Ranking,
  positive: ArrayLike<number | boolean>,
  weights?: ArrayLike<number>,
): number {
  let [above, area, negatives] = [0, 0, 0];
  forEachGroup(ranking, positive, weights, (own, others) => {
    area += others * (above + own / 2);
    above += own;
    negatives += others;
  });
  return area / (above * negatives);
}

/** Average precision, AP = Σ (Rₙ − Rₙ₋₁) Pₙ over falling thresholds; NaN without a positive row. */
export function averagePrecision(
  ranking: Ranking,
  positive: ArrayLike<number | boolean>,
  weights?: ArrayLike<number>,
): number {
  let [hits, seen, sum] = [0, 0, 0];
  forEachGroup(ranking, positive, weights, (own, others) => {
    hits += own;
    seen += own + others;
    if (own > 0) sum += own * (hits / seen);
  });
  return sum / hits;
}

/**
 * Sensitivity at a bound on false positives: the largest share of the positive rows that a threshold
 * finds where at most the share `bound` of the negative ones lies above it; NaN without both.
 */
export function sensitivityAt(
  bound: number,
  ranking: Ranking,
  positive: ArrayLike<number | boolean>,
  weights?: ArrayLike<number>,
): number {
  const steps: { found: number; wrong: number }[] = [];
  let [found, wrong] = [0, 0];
  forEachGroup(ranking, positive, weights, (own, others) => {
    found += own;
    wrong += others;
    steps.push({ found, wrong });
  });
  if (wrong === 0) return Number.NaN;
  const allowed = steps.filter((step) => step.wrong <= bound * wrong);
  return (allowed.at(-1)?.found ?? 0) / found;
}

function forEachGroup(
  { order, ends }: Ranking,
  positive: ArrayLike<number | boolean>,
  weights: ArrayLike<number> | undefined,
  visit: (positives: number, negatives: number) => void,
): void {
  let k = 0;
  for (const end of ends) {
    let [own, others] = [0, 0];
    for (; k < end; k++) {
      const row = order[k] as number;
      const weight = weights ? (weights[row] as number) : 1;
      if (positive[row]) own += weight;
      else others += weight;
    }
    visit(own, others);
  }
}
