import type { Scaling } from './options.js';

/** Mean, spread and range of numbers that come one by one (Welford 1962); others than finite are left out. */
export interface Moments {
  add(value: number): void;
  /** What is taken off, and divided by; a spread of 0 divides by 1. */
  scaling(scaling: Scaling): { readonly centre: number; readonly scale: number };
}

export function createMoments(): Moments {
  let [count, mean, squares] = [0, 0, 0];
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    add(value) {
      count++;
      const distance = value - mean;
      mean += distance / count;
      squares += distance * (value - mean);
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    },
    scaling(scaling) {
      if (scaling === 'none' || count === 0) return { centre: 0, scale: 1 };
      if (scaling === 'range') return { centre: least, scale: greatest - least || 1 };
      return { centre: mean, scale: Math.sqrt(squares / count) || 1 };
    },
  };
}
