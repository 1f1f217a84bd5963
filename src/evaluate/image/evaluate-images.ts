import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { required } from '../../options/option.js';
import { custom, seed as seedOption, wholeNumber } from '../../options/values.js';
import type { Seed } from '../../random.js';
import {
  accuracy,
  type ImageClassifier,
  type LabelledImages,
  trainClassifier,
} from './classifier.js';
import { measureNeighbourhoods, type Neighbourhoods } from './coverage.js';
import { frechetDistance, kernelDistance } from './distances.js';
import { inceptionScore } from './inception-score.js';

/** How synthetic images compare with real ones. */
export interface ImageEvaluation extends Neighbourhoods {
  /** Accuracy on held-out real images of a classifier that has seen real ones alone. */
  readonly realAccuracy: number;
  /** Accuracy on held-out real images of one that has seen synthetic ones alone (Shmelkov et al. 2018). */
  readonly ganTrain: number;
  /** Accuracy on synthetic images of the one that has seen real ones alone (ibid.). */
  readonly ganTest: number;
  /** Classes that it finds among the synthetic images. */
  readonly modes: number;
  /** Inception score of the synthetic images by that classifier (Salimans et al. 2016). */
  readonly inceptionScore: number;
  /** The same of held-out real images: what is to be had. */
  readonly realInceptionScore: number;
  /** Over the features of that classifier, and so no Inception FID. */
  readonly classifierFrechetDistance: number;
  /** Likewise, and so no Inception KID. */
  readonly classifierKernelDistance: number;
}

/** What images are compared by. */
export interface ImageEvaluationOptions {
  /** Number of classes; labels are from 0 to one less. */
  readonly classes: number;
  /** Default 0. */
  readonly seed?: Seed | undefined;
  /** Steps of each classifier. Default: 10 epochs, and at least 500 steps. */
  readonly steps?: number | undefined;
  /** Images of each kind that distances and neighbourhoods are measured on. Default 2,000. */
  readonly images?: number | undefined;
  /** A classifier of real images to use. Default: one is trained on `real`. */
  readonly classifier?: ImageClassifier | undefined;
}

/** The options of `evaluateImages`. */
export const imageEvaluationOptions = object<ImageEvaluationOptions>({
  classes: required(wholeNumber({ from: 2 })),
  seed: seedOption(),
  steps: wholeNumber({ from: 1 }),
  images: wholeNumber({ from: 1 }),
  classifier: custom('a classifier', (value) => typeof value === 'object' && value !== null),
});

/**
 * Compares synthetic images with real ones.
 *
 * @param real Images that a classifier may be trained on.
 * @param holdout Real images that neither the GAN nor a classifier has seen.
 */
export async function evaluateImages(
  real: LabelledImages,
  holdout: LabelledImages,
  synthetic: LabelledImages,
  options: ImageEvaluationOptions,
): Promise<ImageEvaluation> {
  checkOptions(imageEvaluationOptions, options);
  const { classes, seed = 0, steps, images = 2000, ...given } = options;
  const judge = given.classifier ?? (await trainClassifier(real, classes, { seed, steps }));
  const pupil = await trainClassifier(synthetic, classes, { seed, steps });
  try {
    const said = await judge.classify(synthetic.pixels);
    const [own, others] = [
      await judge.features(first(holdout, images)),
      await judge.features(first(synthetic, images)),
    ];
    return {
      realAccuracy: accuracy(await judge.classify(holdout.pixels), holdout.labels),
      ganTrain: accuracy(await pupil.classify(holdout.pixels), holdout.labels),
      ganTest: accuracy(said, synthetic.labels),
      modes: new Set(said).size,
      inceptionScore: inceptionScore(await judge.probabilities(synthetic.pixels), classes),
      realInceptionScore: inceptionScore(await judge.probabilities(holdout.pixels), classes),
      classifierFrechetDistance: frechetDistance(own, others),
      classifierKernelDistance: kernelDistance(own, others),
      ...measureNeighbourhoods(own, others),
    };
  } finally {
    await pupil.dispose();
    if (!given.classifier) await judge.dispose();
  }
}

function first({ pixels, labels }: LabelledImages, images: number): Float32Array {
  return pixels.subarray(0, Math.min(images, labels.length) * (pixels.length / labels.length));
}
