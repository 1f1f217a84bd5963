import type { LabelledImages } from '../../src/evaluate/image/classifier.js';

type Pictures = Pick<LabelledImages, 'pixels' | 'labels'>;

/**
 * Mean distance (root mean square of pixels) of `count` made pictures, and of held-out ones, to the
 * nearest that was learned: copies would be nearer than held-out ones are.
 */
export function nearestDistances(
  learned: Pictures,
  { synthetic, holdout }: { synthetic: Pictures; holdout: Pictures },
  count: number,
): { nearestOfSynthetic: number; nearestOfHoldout: number } {
  const size = learned.pixels.length / learned.labels.length;
  const meanOf = ({ pixels, labels }: Pictures) => {
    const rows = Math.min(count, labels.length);
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      // Evenly through all of them: they may lie in order of their digits.
      const at = Math.floor((row * labels.length) / rows) * size;
      let nearest = Number.POSITIVE_INFINITY;
      for (let other = 0; other < learned.pixels.length; other += size) {
        let distance = 0;
        for (let k = 0; k < size && distance < nearest; k++) {
          distance += ((pixels[at + k] as number) - (learned.pixels[other + k] as number)) ** 2;
        }
        nearest = Math.min(nearest, distance);
      }
      sum += Math.sqrt(nearest / size);
    }
    return sum / rows;
  };
  return { nearestOfSynthetic: meanOf(synthetic), nearestOfHoldout: meanOf(holdout) };
}
