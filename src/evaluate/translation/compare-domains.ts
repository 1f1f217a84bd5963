import { imageShapeOf } from '../../gan/families/translation/columns.js';
import { chanceDistance } from '../../gan/features/kernel-distance.js';
import { scaleOf, standardise } from '../../gan/features/scale.js';
import { kernelDistance } from '../image/distances.js';
import { randomFeaturesOf } from '../image/random-features.js';
import type { EncodedImages } from './encoded-images.js';

/** How near translated images come to real ones of the domain that they were translated to. */
export interface DomainLikeness {
  /** The domain of the images that were translated. */
  readonly from: string;
  /** The one that they are held against. */
  readonly to: string;
  /** Images of each. */
  readonly images: {
    /** That were translated. */
    readonly from: number;
    /** Real ones that they are held against. */
    readonly to: number;
  };
  /**
   * Kernel distance (Bińkowski et al. 2018) of translated images from real ones, in features by
   * convolutions of random weights, each in units of its spread; a little below 0 at times.
   */
  readonly kernelDistance: number;
  /** The same of the images as they were: what doing nothing gives. */
  readonly untranslated: number;
  /** How far from 0 it is by chance for so many images of one kind: a standard deviation. */
  readonly chance: number;
}

/** Compares images of one domain, before and after their translation, with real ones of the other. */
export async function compareWithDomain(
  { before, after, real }: Readonly<Record<'before' | 'after' | 'real', EncodedImages>>,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<DomainLikeness> {
  const own = await featuresOf(real);
  const scale = scaleOf(own.values, own.size);
  const scaled = ({ values, size }: typeof own) => ({ values: standardise(values, scale), size });
  const reference = scaled(own);
  const distance = async (images: EncodedImages) =>
    kernelDistance(reference, scaled(await featuresOf(images)));
  return {
    from,
    to,
    images: { from: before.count, to: real.count },
    kernelDistance: await distance(after),
    untranslated: await distance(before),
    chance: chanceDistance(reference),
  };
}

function featuresOf({ encoder, count, values }: EncodedImages) {
  const size = values.length / count;
  return randomFeaturesOf({
    shape: imageShapeOf(encoder),
    count,
    fill: (index, target, to) => target.set(values.subarray(index * size, (index + 1) * size), to),
  });
}
