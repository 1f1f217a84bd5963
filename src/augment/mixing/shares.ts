import { InvalidOptionError } from '../../errors.js';
import { createRatio, type Ratio } from './ratio.js';

/** A ratio of its own for each class of a column. */
export interface ClassRatios {
  /** A column of text, booleans or whole numbers. */
  readonly column: string;
  /**
   * Ratios by class, as text: `{ fraud: 0.5, ok: 0.1 }`, `{ true: 0.5 }`. After n real rows of a
   * class, floor(n · r / (1 − r)) synthetic rows of that class have been put out.
   */
  readonly classes: Readonly<Record<string, number>>;
  /** Ratio of the rows of all other classes together, and of nulls. Default 0. */
  readonly otherwise?: number | undefined;
}

/** One ratio for all rows, or one for each class. */
export type RatioOption = number | ClassRatios;

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

/** @throws InvalidOptionError for what is no ratio. */
export function createShares(option: unknown): Shares {
  if (typeof option !== 'object' || option === null) {
    const ratio = createRatio(option);
    return { isZero: ratio.isZero, column: undefined, classes: [], ratios: [ratio] };
  }
  const { column, classes, otherwise = 0 } = option as Partial<ClassRatios>;
  if (typeof column !== 'string' || column === '') {
    throw new InvalidOptionError(`ratio.column must be the name of a column: ${String(column)}`);
  }
  if (typeof classes !== 'object' || classes === null || Array.isArray(classes)) {
    throw new InvalidOptionError(
      `ratio.classes must be ratios by class: ${String(classes)}. Give { fraud: 0.5, ok: 0.1 }`,
    );
  }
  const ratios = [
    ...Object.entries(classes).map(([name, value]) =>
      createRatio(value, `ratio.classes['${name}']`),
    ),
    createRatio(otherwise, 'ratio.otherwise'),
  ];
  return {
    isZero: ratios.every(({ isZero }) => isZero),
    column,
    classes: Object.keys(classes),
    ratios,
  };
}

/** The option with all of its ratios times `factor`, rounded down to three decimals. */
export function scaleRatios(option: RatioOption, factor: number): RatioOption {
  const scale = (ratio: number) => Math.floor(ratio * factor * 1000) / 1000;
  if (typeof option === 'number') return scale(option);
  const { column, classes, otherwise = 0 } = option;
  const scaled = Object.entries(classes).map(([name, ratio]) => [name, scale(ratio)]);
  return { column, classes: Object.fromEntries(scaled), otherwise: scale(otherwise) };
}
