import type { ImageComparison } from '../../../src/evaluate/image/compare-images.js';

const likeness = {
  precision: 0.5,
  recall: 0.25,
  density: 0.5,
  coverage: 0.5,
  featureFrechetDistance: 3,
  featureKernelDistance: 0.125,
};

/** What a comparison of images may come to. */
export const comparison: ImageComparison = {
  column: 'face',
  features: 'classifier',
  against: 'holdout',
  images: 200,
  synthetic: likeness,
  real: { ...likeness, recall: 0.75 },
  classes: { ganTest: 0.875, found: 9, classes: 10 },
};
