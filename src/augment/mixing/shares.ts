import type { RatioOption } from '../options/ratio.js';
import { createRatio, type Ratio } from './ratio.js';

/** The ratio option in exact form. */
export interface Shares {
  readonly isZero: boolean;
  /** The column whose classes have ratios of their own; undefined where all rows count alike. */
  readonly column: string | undefined;
  /** The classes, by their texts. */
  readonly classes: readonly string[];
  /** A ratio for each class, and behind them one for all other rows. */
  readonly ratios: readonly Ratio[];
}

/** The exact form of a ratio option. */
export function createShares(option: RatioOption): Shares {
  if (typeof option === 'number') {
    const ratio = createRatio(option);
    return { isZero: ratio.isZero, column: undefined, classes: [], ratios: [ratio] };
  }
  const { column, classes, otherwise = 0 } = option;
  const ratios = [...Object.values(classes), otherwise].map((value) => createRatio(value));
  const isZero = ratios.every((ratio) => ratio.isZero);
  return { isZero, column, classes: Object.keys(classes), ratios };
}

/** The option with all of its ratios times `factor`, rounded down to three decimals. */
export function scaleRatios(option: RatioOption, factor: number): RatioOption {
  const scale = (ratio: number) => Math.floor(ratio * factor * 1000) / 1000;
  if (typeof option === 'number') return scale(option);
  const { column, classes, otherwise = 0 } = option;
  const scaled = Object.entries(classes).map(([name, ratio]) => [name, scale(ratio)]);
  return { column, classes: Object.fromEntries(scaled), otherwise: scale(otherwise) };
}
