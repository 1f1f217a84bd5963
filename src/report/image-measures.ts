import type { ImageComparison, Likeness } from '../evaluate/image/compare-images.js';

/** What the measures of images are called. */
export const imageMeasures: Readonly<Record<keyof Likeness, string>> = {
  precision: 'precision',
  recall: 'recall',
  density: 'density',
  coverage: 'coverage',
  featureFrechetDistance: 'Fréchet distance of these features',
  featureKernelDistance: 'kernel distance of these features',
};

/** What was compared with what, and by which features. */
export function describeComparison({ images, against, features }: ImageComparison): string {
  const reference = against === 'holdout' ? 'held-out ones' : 'real ones';
  const by =
    features === 'classifier'
      ? 'of a small classifier that has learned the real images'
      : 'of convolutions with random weights';
  return `${images} of each kind beside as many ${reference}, in features ${by}: no Inception scores`;
}
