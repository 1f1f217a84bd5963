import { imagesOf, type Rows } from '../../columns/column.js';
import { sampleRows } from '../../columns/select.js';
import { type Scale, scaleOf, standardise } from '../../gan/features/scale.js';
import type { Random } from '../../random.js';
import { cnnSteps } from '../models/cnn.js';
import { countValues, describeTarget, examplesOf, type Target } from '../utility/target.js';
import { accuracy, mostLikely } from './classifier.js';
import { featureSize, openConvolutions, trainConvolutions } from './convolutions.js';
import { measureNeighbourhoods, type Neighbourhoods } from './coverage.js';
import { type Features, frechetDistance, kernelDistance } from './distances.js';
import { randomFeaturesOf } from './random-features.js';
import type { SeenImages } from './seen-images.js';

/**
 * How some images lie beside others, in features of our own, each in units of its spread: numbers to
 * compare within a report, and no Inception scores.
 */
export interface Likeness extends Neighbourhoods {
  /** Fréchet distance of the features. */
  readonly featureFrechetDistance: number;
  /** Kernel distance of the features; a little below 0 at times. */
  readonly featureKernelDistance: number;
}

/** How synthetic images compare with real ones. */
export interface ImageComparison {
  /** Name of the column. */
  readonly column: string;
  /**
   * What the features are by: a small classifier of the target that has learned the real images, or
   * without classes convolutions of random weights.
   */
  readonly features: 'classifier' | 'random convolutions';
  /** What images are compared with: held-out ones, or without them the real ones. */
  readonly against: 'holdout' | 'real';
  /** Images of each kind that were compared. */
  readonly images: number;
  /** How near synthetic images come. */
  readonly synthetic: Likeness;
  /** The same of real images beside held-out ones: what is to be had. */
  readonly real: Likeness | null;
  /** What the classifier says of the synthetic images. */
  readonly classes: ClassesSeen | null;
}

/** What a classifier of real images says of synthetic ones. */
export interface ClassesSeen {
  /** Share that it takes for what their label says: GAN-test (Shmelkov et al. 2018). */
  readonly ganTest: number;
  /** Classes that it finds among them, and in all. */
  readonly found: number;
  /** Classes that there are. */
  readonly classes: number;
}

/** Images of each kind that are compared, at most. */
const mostImages = 2000;

/** Images that a classifier learns from, and says of which class they are, at most. */
const mostLearned = 20_000;

/** Compares the images of some rows; a target of classes gives the features and GAN-test. */
export async function compareImages(
  tables: Readonly<Record<'real' | 'synthetic', Rows>> & { readonly holdout?: Rows | undefined },
  target: string | undefined,
  random: Random,
  signal?: AbortSignal,
): Promise<ImageComparison | null> {
  const { real, synthetic, holdout } = tables;
  if (!real.images) return null;
  const count = Math.min(
    mostImages,
    real.length,
    synthetic.length,
    holdout?.length ?? Number.POSITIVE_INFINITY,
  );
  const few = (rows: Rows, what: string) => imagesOf(sampleRows(rows, count, random.fork(what)));
  const classes = target === undefined ? undefined : classesOf(real, target);
  const judge = classes && (await trainJudge(real, synthetic, classes, random, signal));
  try {
    const featuresOf = judge?.featuresOf ?? randomFeaturesOf;
    const made = await featuresOf(few(synthetic, 'synthetic'));
    const own = await featuresOf(few(real, 'real'));
    const others = holdout && (await featuresOf(few(holdout, 'holdout')));
    const scale = scaleOf((others ?? own).values, own.size);
    const alike = (images: Features) =>
      likeness(standardised(others ?? own, scale), standardised(images, scale));
    return {
      column: real.images.name,
      features: judge ? 'classifier' : 'random convolutions',
      against: others ? 'holdout' : 'real',
      images: count,
      synthetic: alike(made),
      real: others ? alike(own) : null,
      classes: judge?.classes ?? null,
    };
  } finally {
    await judge?.dispose();
  }
}

function likeness(reference: Features, images: Features): Likeness {
  return {
    featureFrechetDistance: frechetDistance(reference, images),
    featureKernelDistance: kernelDistance(reference, images),
    ...measureNeighbourhoods(reference, images),
  };
}

const standardised = ({ values, size }: Features, scale: Scale): Features => ({
  values: standardise(values, scale),
  size,
});

/** The classes of a target, if it has some. */
function classesOf(real: Rows, name: string): Target | undefined {
  if (countValues(real, name) < 2) return undefined;
  const target = describeTarget(real, name);
  return target.task.kind === 'classification' ? target : undefined;
}

/** A classifier of the real images, and what it says of the synthetic ones. */
async function trainJudge(
  real: Rows,
  synthetic: Rows,
  target: Target,
  random: Random,
  signal?: AbortSignal,
) {
  const drawn = (rows: Rows, what: string) =>
    examplesOf(sampleRows(rows, mostLearned, random.fork(what)), target);
  const [known, made] = [drawn(real, 'known'), drawn(synthetic, 'made')];
  const classes = target.classes.length;
  const images = imagesOf(known.features);
  const weights = await trainConvolutions(
    {
      ...images,
      teach: (index, wanted, to) => {
        wanted[to + (known.target[index] as number)] = 1;
      },
    },
    { outputs: classes, learning: 'classes', steps: cnnSteps, seed: 'judge', signal },
  );
  const network = await openConvolutions(images.shape, classes, weights);
  const said = mostLikely(await network.see(imagesOf(made.features), 'outputs'), classes);
  const seen: ClassesSeen = {
    ganTest: accuracy(said, Int32Array.from(made.target)),
    found: new Set(said).size,
    classes,
  };
  return {
    classes: seen,
    featuresOf: async (own: SeenImages) => ({
      values: await network.see(own, 'features'),
      size: featureSize,
    }),
    dispose: network.dispose,
  };
}
