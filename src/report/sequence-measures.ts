import { meanOf } from '../columns/statistics.js';
import type {
  SequenceComparison,
  SequenceLikeness,
} from '../evaluate/sequence/compare-sequences.js';

/** A measure of sequences, of synthetic ones and of held-out ones beside them. */
export interface SequenceMeasure {
  readonly name: string;
  readonly synthetic: number | null | undefined;
  /** Undefined where there is nothing to hold it against. */
  readonly real: number | null | undefined;
}

/** What is said of sequences, in the order in which it is shown. */
export function sequenceMeasures({
  synthetic,
  real,
  nearest,
  recurrent,
}: SequenceComparison): SequenceMeasure[] {
  const measure = (
    name: string,
    of: (own: SequenceLikeness) => number | null,
  ): SequenceMeasure => ({
    name,
    synthetic: of(synthetic),
    real: real ? of(real) : undefined,
  });
  const { holdout } = nearest;
  return [
    measure('lengths, Wasserstein distance over the mean', ({ lengths }) => lengths),
    measure('values of all steps, 1 is alike', ({ values }) => values),
    measure('autocorrelations, mean distance', ({ autocorrelation }) => autocorrelation),
    measure('correlations of series, mean distance', ({ crossCorrelation }) => crossCorrelation),
    {
      name: 'warped distance to the closest real one, median',
      synthetic: nearest.synthetic.median,
      real: holdout?.distances.median,
    },
    {
      name: 'closer to a real one than to a held-out one',
      synthetic: holdout?.closerToReal,
      real: undefined,
    },
    ...(recurrent
      ? [
          {
            name: "TimeGAN's discriminative score",
            synthetic: meanOf(recurrent.discriminative),
            real: undefined,
          },
          {
            name: "TimeGAN's predictive score, learned of each",
            synthetic: meanOf(recurrent.predictive.synthetic),
            real: meanOf(recurrent.predictive.real),
          },
        ]
      : []),
  ];
}

/** What the measures are of, in words. */
export function describeSequences({ sequences, real }: SequenceComparison): string {
  return `${sequences} sequences beside ${real ? 'as many held-out ones' : 'as many real ones'}`;
}
