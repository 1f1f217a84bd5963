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

/** What was compared with what, and in which features. */
export function describeComparison({ images, against, features }: ImageComparison): string {
  const reference = against === 'holdout' ? 'held-out' : 'real';
  const by = features === 'classifier' ? 'a classifier of real images' : features;
  return `beside ${images} ${reference} ones, in features of ${by}`;
}
