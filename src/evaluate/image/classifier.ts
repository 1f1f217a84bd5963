import type { ImageShape } from '../../encode/image/layout.js';
import type { Seed } from '../../random.js';
import { featureSize, openConvolutions, trainConvolutions } from './convolutions.js';
import { softmaxRows } from './inception-score.js';
import type { SeenImages } from './seen-images.js';

/** Images as numbers in [−1, 1], [count, height, width, channels], each of a class from 0. */
export interface LabelledImages {
  /** Height, width and channels of each image. */
  readonly shape: ImageShape;
  /** Pixels in [−1, 1], one image after the other: [images, height, width, channels]. */
  readonly pixels: Float32Array;
  /** The class of each image, from 0. */
  readonly labels: Int32Array;
}

/** What says of images of which class they are, and gives what it says so by. */
export interface ImageClassifier {
  /** The class of each image. */
  classify(pixels: Float32Array): Promise<Int32Array>;
  /** The probability of each class, [count, classes]. */
  probabilities(pixels: Float32Array): Promise<Float32Array>;
  /** The features of each image, [count, size]. */
  features(pixels: Float32Array): Promise<{
    /** One vector after the other. */
    values: Float32Array;
    /** Numbers of a vector. */
    size: number;
  }>;
  /** Frees native memory. */
  dispose(): Promise<void>;
}

export interface ClassifierOptions {
  /** Default: 10 epochs, and at least 500 steps of 64 images. */
  readonly steps?: number | undefined;
  /** Default 0. */
  readonly seed?: Seed | undefined;
  /** Changes the images of a step, [batch, …], before they are learned: classical augmentation. */
  readonly change?: ((pixels: Float32Array, shape: ImageShape, step: number) => void) | undefined;
}

/**
 * Trains a small convolutional network on images: two convolutions, 64 features, and the classes.
 *
 * Its features are its own: distances over them compare with each other, for one data set, and never
 * with the Inception FID of papers.
 */
export async function trainClassifier(
  { shape, pixels, labels }: LabelledImages,
  classes: number,
  { steps, seed = 0, change }: ClassifierOptions = {},
): Promise<ImageClassifier> {
  const total = steps ?? Math.max(500, Math.ceil((10 * labels.length) / 64));
  const weights = await trainConvolutions(
    {
      ...imagesOf(shape, pixels),
      teach: (index, target, to) => {
        target[to + (labels[index] as number)] = 1;
      },
    },
    { outputs: classes, learning: 'classes', steps: total, seed, change },
  );
  const network = await openConvolutions(shape, classes, weights);
  return {
    async classify(pixels) {
      return mostLikely(await network.see(imagesOf(shape, pixels), 'outputs'), classes);
    },
    async probabilities(pixels) {
      return softmaxRows(await network.see(imagesOf(shape, pixels), 'outputs'), classes);
    },
    async features(pixels) {
      const values = await network.see(imagesOf(shape, pixels), 'features');
      return { values, size: featureSize };
    },
    dispose: network.dispose,
  };
}

/** Images that lie one after the other. */
function imagesOf(shape: ImageShape, pixels: Float32Array): SeenImages {
  const size = shape.height * shape.width * shape.channels;
  return {
    shape,
    count: pixels.length / size,
    fill: (index, target, to) => target.set(pixels.subarray(index * size, (index + 1) * size), to),
  };
}

/** The place of the largest number of each row. */
export function mostLikely(values: Float32Array, classes: number): Int32Array {
  return Int32Array.from({ length: values.length / classes }, (_, row) => {
    const own = values.subarray(row * classes, (row + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
}

/** Share of labels that are as said. */
export function accuracy(said: Int32Array, labels: Int32Array): number {
  return said.reduce((sum, code, row) => sum + Number(code === labels[row]), 0) / labels.length;
}
