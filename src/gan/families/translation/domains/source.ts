import type { Vector } from 'apache-arrow';
import type { Feed } from '../../../../compute/program.js';
import { sizeOf } from '../../../../compute/tensor.js';
import { readTexts } from '../../../../encode/cells/column-texts.js';
import type { TensorEncoder } from '../../../../encode/tensor/encoder.js';
import { DataError } from '../../../../errors.js';
import type { Random } from '../../../../random.js';
import { createOrders, shuffle } from '../../../training/epoch-order.js';
import { imageShapeOf } from '../columns.js';
import { copyCrop, drawCrop } from '../crops.js';
import { rateAt, rateInput } from '../rate.js';
import type { DomainGan } from './domain-gan.js';
import { domainInputs } from './inputs.js';

/** Images of one domain as numbers in [−1, 1]. */
export interface DomainImages {
  readonly count: number;
  /** Image `index` into `target` from place `to`. */
  fill(index: number, target: Float32Array, to: number): void;
}

/** Images of the domain that is translated, and of the one that it is translated to. */
export interface DomainSource {
  readonly from: DomainImages;
  readonly to: DomainImages;
}

/**
 * The images of two domains of a column.
 *
 * @param levels The domains, as texts.
 * @throws DataError for a domain of fewer than two images.
 */
export function readDomains(
  encoder: TensorEncoder,
  images: Vector,
  domains: Vector,
  levels: readonly [from: string, to: string],
): DomainSource {
  const { rows, fill } = encoder.read(images);
  const texts = readTexts(domains);
  const [from, to] = levels.map((level): DomainImages => {
    const places = Int32Array.from(
      [...rows.keys()].filter((place) => texts[rows[place] as number] === level),
    );
    if (places.length < 2) {
      throw new DataError(
        `training needs at least 2 images of each domain: there are ${places.length} of '${level}'`,
      );
    }
    return pick({ count: rows.length, fill }, places);
  }) as [DomainImages, DomainImages];
  return { from, to };
}

function pick({ fill }: DomainImages, places: Int32Array): DomainImages {
  return {
    count: places.length,
    fill: (index, target, to) => fill(places[index] as number, target, to),
  };
}

/** Of fewer images of a domain all are learned from and judged by. */
const fewImages = 40;
const [heldShare, mostHeld] = [0.1, 200] as const;

/** Images to learn from, and images to judge by: of each domain a tenth, 200 at most. */
export function splitDomains(
  source: DomainSource,
  random: Random,
): { readonly train: DomainSource; readonly held: DomainSource } {
  const [from, to] = [
    split(source.from, random.fork('read')),
    split(source.to, random.fork('made')),
  ];
  return {
    train: { from: from.train, to: to.train },
    held: { from: from.held, to: to.held },
  };
}

function split(images: DomainImages, random: Random) {
  if (images.count < fewImages) return { train: images, held: images };
  const order = new Int32Array(images.count);
  shuffle(order, random);
  const wanted = Math.min(Math.ceil(heldShare * images.count), mostHeld);
  return {
    train: pick(images, order.slice(wanted).sort()),
    held: pick(images, order.slice(0, wanted)),
  };
}

/**
 * Fills a step's images of both domains, which have nothing to do with each other: each epoch of a
 * domain shows all of its images once, in an order of its own.
 *
 * @param random Gives the orders.
 */
export function createDomainFiller(
  gan: DomainGan,
  encoder: Pick<TensorEncoder, 'shape'>,
  source: DomainSource,
  random: Random,
) {
  const { batch, flip, decay } = gan.recipe;
  const whole = { image: imageShapeOf(encoder), values: new Float32Array(sizeOf(encoder.shape)) };
  const sides = [
    { input: domainInputs.from, images: source.from },
    { input: domainInputs.to, images: source.to },
  ].map(({ input, images }) => ({
    input,
    images,
    orderOf: createOrders(images.count, random.fork(input)),
  }));
  return (feed: Feed, stepRandom: Random, step: number, steps: number): void => {
    (feed[rateInput] as Float32Array)[0] = rateAt(step, steps, decay);
    for (const { input, images, orderOf } of sides) {
      const target = feed[input] as Float32Array;
      for (let row = 0; row < batch; row++) {
        images.fill(orderOf(step * batch + row), whole.values, 0);
        const crop = drawCrop(whole.image, gan.image, flip, stepRandom.fork(input, row));
        copyCrop(whole, gan.image, crop, target, (row * target.length) / batch);
      }
    }
    gan.fill(feed, stepRandom, step);
  };
}
