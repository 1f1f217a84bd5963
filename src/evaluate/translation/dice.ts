/** How well one label is found. */
export interface LabelOverlap {
  /** The number that stands for it. */
  readonly label: number;
  /** Pixels that truly have it. */
  readonly pixels: number;
  /**
   * Dice coefficient over all images together: twice the pixels that have it in both, over those of
   * both sides; `null` where neither has it.
   */
  readonly dice: number | null;
}

/** How well maps of labels agree with the true ones. */
export interface LabelAgreement {
  /** Share of the pixels whose label is right. */
  readonly accuracy: number;
  /** Mean Dice coefficient of the labels but the lowest, which is the background's as a rule. */
  readonly meanDice: number | null;
  /** Label by label, in ascending order. */
  readonly labels: readonly LabelOverlap[];
}

/**
 * Compares labels pixel by pixel (Dice 1945).
 *
 * @param found Places in `labels`, one a pixel.
 * @param truths The same, of the truth.
 * @param labels In ascending order.
 */
export function labelAgreement(
  found: ArrayLike<number>,
  truths: ArrayLike<number>,
  labels: readonly number[],
): LabelAgreement {
  const none = () => new Float64Array(labels.length);
  const [both, own, others] = [none(), none(), none()];
  const count = (counts: Float64Array, place: number) => {
    counts[place] = (counts[place] as number) + 1;
  };
  for (let pixel = 0; pixel < truths.length; pixel++) {
    const [a, b] = [found[pixel] as number, truths[pixel] as number];
    count(own, a);
    count(others, b);
    if (a === b) count(both, a);
  }
  const overlaps = labels.map((label, place): LabelOverlap => {
    const [shared = 0, a = 0, b = 0] = [both[place], own[place], others[place]];
    return { label, pixels: b, dice: a + b > 0 ? (2 * shared) / (a + b) : null };
  });
  const known = overlaps.slice(1).flatMap(({ dice }) => (dice === null ? [] : [dice]));
  return {
    accuracy: both.reduce((sum, each) => sum + each, 0) / truths.length,
    meanDice: known.length > 0 ? known.reduce((sum, each) => sum + each, 0) / known.length : null,
    labels: overlaps,
  };
}
