import type { Random } from '../../random.js';

/** The example that is seen at a place of an endless sequence: each epoch has all, in an order of its own. */
export function createOrders(count: number, random: Random): (place: number) => number {
  const order = new Int32Array(count);
  let known = -1;
  return (place) => {
    const epoch = Math.floor(place / count);
    if (epoch !== known) {
      shuffle(order, random.fork('epoch', epoch));
      known = epoch;
    }
    return order[place % count] as number;
  };
}

/** The numbers from 0 in a random order (Fisher and Yates 1938). */
export function shuffle(order: Int32Array, random: Random): void {
  for (let k = 0; k < order.length; k++) order[k] = k;
  for (let k = order.length - 1; k > 0; k--) {
    const other = random.integer(k + 1);
    [order[k], order[other]] = [order[other] as number, order[k] as number];
  }
}
