import type { Column } from '../../columns/column.js';
import { meanOf } from '../../columns/statistics.js';
import type { Random } from '../../random.js';
import { yieldToEventLoop } from '../../threads/abortable.js';
import { type ColumnShape, columnShapes } from '../fidelity/column-shapes.js';
import { type ComparedSequences, drawAlike, type SequenceRows } from './compared-sequences.js';
import {
  type Autocorrelation,
  autocorrelationDistance,
  autocorrelationOf,
  crossCorrelations,
  distance,
} from './correlations.js';
import { type NearestSequences, nearestSequences } from './nearest-sequences.js';
import { profileOf, type SeriesProfile } from './profile.js';
import { type RecurrentScores, recurrentScores } from './recurrent/recurrent-scores.js';
import { wassersteinDistance } from './wasserstein.js';

/** Lags of autocorrelations, at most. */
const mostLags = 10;

/** How near some sequences are to real ones. */
export interface SequenceLikeness {
  /** Wasserstein distance of the lengths, over the mean real length: 0 is alike. */
  readonly lengths: number;
  /** The mean over the series of KSComplement or TVComplement of all steps: 1 is alike. */
  readonly values: number | null;
  /** The mean distance of the autocorrelations of each series, over lags and series: 0 is alike. */
  readonly autocorrelation: number | null;
  /** The mean distance of the correlations of pairs of series of numbers: 0 is alike. */
  readonly crossCorrelation: number | null;
}

/** One series on both sides: its cells of all steps as those of a column, and how steps hang together. */
export interface SeriesComparison extends ColumnShape {
  /** At lags 1, 2, …, at most 10. */
  readonly autocorrelation: Readonly<Record<'real' | 'synthetic', Autocorrelation>>;
  /** How numbers are spread step by step; `null` of categories. */
  readonly profile: Readonly<Record<'real' | 'synthetic', SeriesProfile>> | null;
}

/** Steps of a sequence. */
export interface SequenceLengths {
  /** Of the shortest sequence. */
  readonly shortest: number;
  /** Of all, on average. */
  readonly mean: number;
  /** Of the longest one. */
  readonly longest: number;
}

/** How synthetic sequences compare with real ones. */
export interface SequenceComparison {
  /** Sequences of each table that were compared. */
  readonly sequences: number;
  /** Steps of sequences of each side. */
  readonly lengths: Readonly<Record<'real' | 'synthetic', SequenceLengths>>;
  /** Each series. */
  readonly series: readonly SeriesComparison[];
  /** How near synthetic sequences come. */
  readonly synthetic: SequenceLikeness;
  /** How near as many held-out ones are: what is to be had. `null` without these. */
  readonly real: SequenceLikeness | null;
  /** Whether sequences were learned by heart. */
  readonly nearest: NearestSequences;
  /** `null` where they were not asked for. */
  readonly recurrent: RecurrentScores | null;
}

/** What is done beside the usual, and by what draws. */
export interface CompareSequencesOptions {
  readonly random: Random;
  /** Trainings of each recurrent network; 0 for none. */
  readonly trainings: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Compares synthetic sequences with real ones by what single rows do not show: lengths, the values of all
 * steps, how steps depend on those before, how series move together, and the nearest real sequence. At
 * most 5,000 sequences of each table, and half a million steps, are drawn; for distances fewer.
 */
export async function compareSequences(
  tables: ComparedSequences,
  { random, trainings, signal }: CompareSequencesOptions,
): Promise<SequenceComparison> {
  const drawn = drawAlike(tables, random.fork('draw'));
  const { real, synthetic, holdout } = drawn;
  const lags = Math.min(mostLags, Math.max(lengthsOf(real).longest - 1, 0));
  const dependencies: Dependencies[] = [];
  for (const rows of [real, synthetic, ...(holdout ? [holdout] : [])]) {
    await yieldToEventLoop(signal);
    dependencies.push(dependenciesOf(rows, lags));
  }
  const [ofReal, ofSynthetic, ofHoldout] = dependencies as [
    Dependencies,
    Dependencies,
    Dependencies?,
  ];
  await yieldToEventLoop(signal);
  const shapes = columnShapes(stepsOf(real), stepsOf(synthetic));
  const likeness = (rows: SequenceRows, own: Dependencies, values: readonly ColumnShape[]) => ({
    lengths:
      wassersteinDistance(lengthArray(real), lengthArray(rows)) / Math.max(lengthsOf(real).mean, 1),
    values: meanOf(values.map(({ score }) => score)),
    autocorrelation: meanOf(
      ofReal.series.map((each, k) => autocorrelationDistance(each, own.series[k] ?? [])),
    ),
    crossCorrelation: meanOf(ofReal.pairs.map((each, k) => distance(each, own.pairs[k]))),
  });
  return {
    sequences: real.length,
    lengths: { real: lengthsOf(real), synthetic: lengthsOf(synthetic) },
    series: shapes.map((shape, k) => ({
      ...shape,
      autocorrelation: {
        real: ofReal.series[k] as Autocorrelation,
        synthetic: ofSynthetic.series[k] as Autocorrelation,
      },
      profile: profilesOf(drawn, k),
    })),
    synthetic: likeness(synthetic, ofSynthetic, shapes),
    real:
      holdout && ofHoldout
        ? likeness(holdout, ofHoldout, columnShapes(stepsOf(real), stepsOf(holdout)))
        : null,
    nearest: await nearestSequences(tables, random.fork('nearest'), signal),
    recurrent:
      trainings > 0
        ? await recurrentScores(drawn, { trainings, random: random.fork('recurrent'), signal })
        : null,
  };
}

/** What steps and series have to do with each other. */
interface Dependencies {
  readonly series: readonly Autocorrelation[];
  readonly pairs: readonly (number | null)[];
}

function dependenciesOf({ sequences }: SequenceRows, lags: number): Dependencies {
  return {
    series: sequences.steps.map((column) => autocorrelationOf(column, sequences, lags)),
    pairs: crossCorrelations(sequences),
  };
}

/** All steps as rows. */
function stepsOf({ sequences: { offsets, steps } }: SequenceRows) {
  return { length: offsets.at(-1) as number, columns: steps };
}

function profilesOf({ real, synthetic }: ComparedSequences, series: number) {
  const profile = ({ sequences }: SequenceRows) => {
    const column = sequences.steps[series] as Column;
    return column.kind === 'numeric' ? profileOf(column, sequences) : undefined;
  };
  const [a, b] = [profile(real), profile(synthetic)];
  return a && b ? { real: a, synthetic: b } : null;
}

function lengthArray({ sequences: { offsets } }: SequenceRows): Float64Array {
  return Float64Array.from(
    { length: offsets.length - 1 },
    (_, row) => (offsets[row + 1] as number) - (offsets[row] as number),
  );
}

function lengthsOf(rows: SequenceRows): SequenceLengths {
  const lengths = lengthArray(rows);
  return {
    shortest: lengths.reduce((least, length) => Math.min(least, length), Number.POSITIVE_INFINITY),
    mean: lengths.reduce((sum, length) => sum + length, 0) / lengths.length,
    longest: lengths.reduce((most, length) => Math.max(most, length), 0),
  };
}
