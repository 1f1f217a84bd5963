import type { Column } from '../../../columns/column.js';
import { rangeOf } from '../../fidelity/coverage.js';
import type { SequenceRows } from '../compared-sequences.js';

/** Levels of a category that recurrent networks are shown, at most. */
const mostLevels = 16;

/** Steps of a sequence that recurrent networks are shown: the first ones, at most. */
export const mostTime = 100;

/** What a step is for a recurrent network, and how many steps the longest sequence has. */
export interface StepFeatures {
  readonly time: number;
  /** Numbers of a step. */
  readonly width: number;
  /** Steps of a sequence that are shown. */
  lengthOf(rows: SequenceRows, row: number): number;
  /** Puts a sequence, [time, width], into `target` from `to`; what it has no steps for is 0. */
  fill(rows: SequenceRows, row: number, target: Float32Array, to: number): void;
}

/** One number of a step, of the cells of a column. */
interface StepNumber {
  readonly series: number;
  of(column: Column, step: number): number;
}

/**
 * Numbers scaled to [0, 1] by the range of the real ones, 0 where null, and 1 at the place of a category's
 * level, of the first 16.
 */
export function stepFeatures(real: SequenceRows): StepFeatures {
  const { offsets, steps } = real.sequences;
  const features = steps.flatMap(featuresOf);
  const lengthOf = ({ sequences }: SequenceRows, row: number) =>
    Math.min((sequences.offsets[row + 1] as number) - (sequences.offsets[row] as number), mostTime);
  const longest = offsets.reduce(
    (most, end, row) => (row === 0 ? 0 : Math.max(most, end - (offsets[row - 1] as number))),
    0,
  );
  const time = Math.max(Math.min(longest, mostTime), 1);
  const width = features.length;
  return {
    ...{ time, width },
    lengthOf: (rows, row) => Math.min(lengthOf(rows, row), time),
    fill(rows, row, target, to) {
      target.fill(0, to, to + time * width);
      const start = rows.sequences.offsets[row] as number;
      const length = Math.min(lengthOf(rows, row), time);
      features.forEach(({ series, of }, k) => {
        const column = rows.sequences.steps[series] as Column;
        for (let step = 0; step < length; step++) {
          target[to + step * width + k] = of(column, start + step);
        }
      });
    },
  };
}

function featuresOf(column: Column, series: number): StepNumber[] {
  if (column.kind === 'categorical') {
    return column.levels.slice(0, mostLevels).map((_, code) => ({
      series,
      of: (own, step) => (own.kind === 'categorical' && own.codes[step] === code ? 1 : 0),
    }));
  }
  const { lowest, highest } = rangeOf(column.values);
  const width = highest - lowest || 1;
  const of = (own: Column, step: number) => {
    const value = own.kind === 'numeric' ? (own.values[step] as number) : Number.NaN;
    return Number.isNaN(value) ? 0 : (value - lowest) / width;
  };
  return [{ series, of }];
}
