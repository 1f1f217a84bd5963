import type { Feed } from '../../../../compute/program.js';
import { sizeOf } from '../../../../compute/tensor.js';
import type { TensorEncoder } from '../../../../encode/tensor/encoder.js';
import type { Random } from '../../../../random.js';
import { createOrders, shuffle } from '../../../training/epoch-order.js';
import { sourceInput } from '../../family.js';
import { imageShapeOf } from '../columns.js';
import { copyCrop, drawCrop } from '../crops.js';
import { rateAt, rateInput } from '../rate.js';
import type { PairSource } from '../read-pairs.js';
import { targetInput } from './inputs.js';
import type { PairGan } from './pair-gan.js';

/** Of fewer pairs all are learned from and judged by. */
const fewPairs = 20;
const [heldShare, mostHeld] = [0.1, 200] as const;

/** Pairs to learn from, and pairs to judge by: a tenth of them, 200 at most. */
export function splitPairs(
  pairs: PairSource,
  random: Random,
): { readonly train: PairSource; readonly held: PairSource } {
  if (pairs.count < fewPairs) return { train: pairs, held: pairs };
  const order = new Int32Array(pairs.count);
  shuffle(order, random);
  const wanted = Math.min(Math.ceil(heldShare * pairs.count), mostHeld);
  const pick = (places: Int32Array): PairSource => ({
    count: places.length,
    fillSource: (index, target, to) => pairs.fillSource(places[index] as number, target, to),
    fillTruth: (index, target, to) => pairs.fillTruth(places[index] as number, target, to),
  });
  return { train: pick(order.slice(wanted).sort()), held: pick(order.slice(0, wanted)) };
}

/**
 * Fills a step's pairs: each epoch shows all once, in an order of its own; the same piece of both
 * images, where pieces are trained on.
 *
 * @param shapes Of whole images.
 * @param random Gives the orders.
 */
export function createPairFiller(
  gan: PairGan,
  encoders: readonly [Pick<TensorEncoder, 'shape'>, Pick<TensorEncoder, 'shape'>],
  pairs: PairSource,
  random: Random,
) {
  const { batch, flip, decay } = gan.recipe;
  const orderOf = createOrders(pairs.count, random);
  const [source, truth] = encoders.map((encoder) => ({
    image: imageShapeOf(encoder),
    values: new Float32Array(sizeOf(encoder.shape)),
  })) as [Whole, Whole];
  return (feed: Feed, stepRandom: Random, step: number, steps: number): void => {
    (feed[rateInput] as Float32Array)[0] = rateAt(step, steps, decay);
    const [sources, truths] = [feed[sourceInput], feed[targetInput]] as [
      Float32Array,
      Float32Array,
    ];
    for (let row = 0; row < batch; row++) {
      const index = orderOf(step * batch + row);
      pairs.fillSource(index, source.values, 0);
      pairs.fillTruth(index, truth.values, 0);
      const crop = drawCrop(source.image, gan.source, flip, stepRandom.fork('crop', row));
      copyCrop(source, gan.source, crop, sources, (row * sources.length) / batch);
      copyCrop(truth, gan.target, crop, truths, (row * truths.length) / batch);
    }
  };
}

interface Whole {
  readonly image: ReturnType<typeof imageShapeOf>;
  readonly values: Float32Array;
}
