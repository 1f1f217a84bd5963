import type { Random } from '../../../random.js';
import type { TensorSource } from './fill-data.js';

/** Of fewer images none are held out: they are needed to learn from. */
const fewImages = 2000;

const share = 0.1;
const mostImages = 1000;

/**
 * Splits images into some to learn from and some to judge by: a tenth of them, at most 1,000. Of
 * fewer than 2,000 images all are both.
 */
export function splitHoldout(
  source: TensorSource,
  random: Random,
): { train: TensorSource; held: TensorSource } {
  const { count } = source;
  const wanted = Math.min(Math.ceil(share * count), mostImages);
  const order = Int32Array.from({ length: count }, (_, k) => k);
  for (let k = 0; k < wanted; k++) {
    const other = k + random.integer(count - k);
    [order[k], order[other]] = [order[other] as number, order[k] as number];
  }
  const held = pick(
    source,
    order.slice(0, count < fewImages ? Math.min(count, mostImages) : wanted),
  );
  return { train: count < fewImages ? source : pick(source, order.slice(wanted).sort()), held };
}

function pick({ fill, labels }: TensorSource, places: Int32Array): TensorSource {
  return {
    count: places.length,
    fill: (index, target, to) => fill(places[index] as number, target, to),
    labels: labels && places.map((place) => labels[place] as number),
  };
}
