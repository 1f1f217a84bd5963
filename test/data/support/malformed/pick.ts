import type { Random } from '../../../../src/random.js';

/** One of the items. */
export function pickFrom<Item>(items: readonly Item[], random: Random): Item {
  return items[random.integer(items.length)] as Item;
}
