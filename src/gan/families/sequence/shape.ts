import type { ColumnEncoder } from '../../../encode/encoder.js';
import { isSeriesEncoder, type SeriesEncoder } from '../../../encode/series/series.js';
import { layoutOf, type TableLayout } from '../../../encode/table.js';
import type { SequenceRecipe } from './recipe.js';

/** Roll-outs of the recurrent network at most, where the recipe leaves it open. */
const usualRollOuts = 24;

/** How a row of sequences lies in numbers. */
export interface SequenceShape {
  /** Attributes of the whole: columns without lists, and where times start. */
  readonly attributes: TableLayout;
  /** One step of all series. */
  readonly steps: TableLayout;
  /** Columns of series, by their places. */
  readonly series: readonly { readonly column: number; readonly encoder: SeriesEncoder }[];
  /** Steps of the shortest and the longest sequence. */
  readonly shortest: number;
  readonly longest: number;
  /** Numbers of a step that are learned within their own range: the first ones; 0 for none. */
  readonly ranged: number;
  readonly stepsAtOnce: number;
  readonly rollOuts: number;
}

/** The part of a recipe that shapes depend on. */
export type ShapeOptions = Pick<SequenceRecipe, 'stepsAtOnce' | 'ranges'>;

/** The shape of what encoders make of rows of sequences. */
export function sequenceShape(
  { stepsAtOnce, ranges }: ShapeOptions,
  encoders: readonly ColumnEncoder[],
): SequenceShape {
  const series = encoders.flatMap((encoder, column) =>
    isSeriesEncoder(encoder) ? [{ column, encoder }] : [],
  );
  const steps = layoutOf(series.map(({ encoder }) => encoder.items));
  const lengths = series[0]?.encoder.lengths ?? { shortest: 1, longest: 1 };
  const wanted = stepsAtOnce === 0 ? Math.ceil(lengths.longest / usualRollOuts) : stepsAtOnce;
  const atOnce = Math.min(wanted, lengths.longest);
  return {
    ...lengths,
    attributes: layoutOf(encoders),
    steps,
    series,
    ranged: ranges ? scalarsOf(steps) : 0,
    stepsAtOnce: atOnce,
    rollOuts: Math.ceil(lengths.longest / atOnce),
  };
}

/** Whether sequences are of unlike length. */
export function hasEnds({ shortest, longest }: SequenceShape): boolean {
  return shortest < longest;
}

/** Numbers of a row that are no parts of a one-hot code: they lie first. */
export function scalarsOf({ spans }: TableLayout): number {
  return spans.filter(({ kind }) => kind === 'scalar').length;
}

/** Widths of the one-hot codes of a row, as they lie behind its numbers. */
export function codeWidths({ spans }: TableLayout): number[] {
  return spans
    .filter(({ kind }) => kind === 'onehot')
    .sort((a, b) => a.offset - b.offset)
    .map(({ size }) => size);
}
