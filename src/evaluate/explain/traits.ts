import {
  type CategoricalColumn,
  columnNamed,
  type NumericColumn,
  type Rows,
} from '../../columns/column.js';
import { countCodes } from '../../columns/count-codes.js';
import { meanOf } from '../../columns/statistics.js';

/** Something that rows have more or less of: a number, or a level of a category. */
export interface Trait {
  /** The column. */
  readonly column: string;
  /** The level; absent of numbers. */
  readonly level?: string;
}

/** A trait of some rows as numbers; a level is 1 in the rows that have it. Null is the mean. */
export interface TraitValues {
  readonly trait: Trait;
  readonly values: Float64Array;
  readonly mean: number;
  readonly deviation: number;
}

/** Levels of a column at most, the most frequent ones, and the share of rows that they have at least. */
const most = { levels: 20, share: 0.01 };

/** The traits in which rows differ. */
export function traitsOf({ columns }: Rows): TraitValues[] {
  return columns
    .flatMap((column) => (column.kind === 'numeric' ? [numberTrait(column)] : levelTraits(column)))
    .filter(({ deviation }) => deviation > 0);
}

function numberTrait({ name, values }: NumericColumn): TraitValues {
  return measured({ column: name }, values);
}

function levelTraits({ name, codes, levels }: CategoricalColumn): TraitValues[] {
  return frequentLevels({ codes, levels }).map((code) =>
    measured(
      { column: name, level: levels[code] as string },
      Float64Array.from(codes, (own) => (own === code ? 1 : 0)),
    ),
  );
}

/** The mean of a trait in rows that have its column; null where all of its cells are. */
export function traitMean(rows: Rows, { column, level }: Trait): number | null {
  const found = columnNamed(rows, column);
  if (found.kind === 'numeric') return meanOf([...found.values]);
  const code = found.levels.indexOf(level ?? '');
  return meanOf(Array.from(found.codes, (own) => (own === code ? 1 : 0)));
}

/** Codes of the levels that many rows have, the most frequent first. */
export function frequentLevels({
  codes,
  levels,
}: Pick<CategoricalColumn, 'codes' | 'levels'>): number[] {
  const { counts } = countCodes(codes, levels.length);
  return levels
    .map((_, code) => code)
    .filter((code) => (counts[code] as number) >= most.share * codes.length)
    .sort((a, b) => (counts[b] as number) - (counts[a] as number))
    .slice(0, most.levels);
}

function measured(trait: Trait, values: Float64Array): TraitValues {
  const known = values.filter(Number.isFinite);
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const filled = values.map((value) => (Number.isFinite(value) ? value : mean));
  return { trait, values: filled, mean, deviation: Math.sqrt(squares / Math.max(1, known.length)) };
}
