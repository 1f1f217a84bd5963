import { meanOf } from '../../columns/statistics.js';
import type { SequenceComparison } from './compare-sequences.js';
import type { NearestSequences } from './nearest-sequences.js';
import type { RecurrentScores } from './recurrent/recurrent-scores.js';

/** How synthetic sequences compare with real ones, in sentences that do not flatter. */
export function sequencesInWords(found: SequenceComparison): string[] {
  const { sequences, lengths, series, synthetic, real, nearest, recurrent } = found;
  const beside = (of: (own: NonNullable<typeof real>) => number | null) =>
    real ? ` (of held-out ones: ${number(of(real))})` : '';
  const isVaried = lengths.real.shortest < lengths.real.longest || synthetic.lengths > 0;
  const lags = series[0]?.autocorrelation.real.length ?? 0;
  return [
    ...(isVaried
      ? [
          `The lengths of ${sequences} synthetic sequences lie ${percent(synthetic.lengths)} of the mean ` +
            `length from real ones${real ? ` (of held-out ones: ${percent(real.lengths)})` : ''}: ` +
            `${steps(lengths.synthetic)}, real ones ${steps(lengths.real)}.`,
        ]
      : []),
    ...(synthetic.autocorrelation === null
      ? []
      : [
          `Autocorrelations of lags 1 to ${lags} are ${number(synthetic.autocorrelation)} from real ones ` +
            `on average${beside(({ autocorrelation }) => autocorrelation)}.`,
        ]),
    ...(synthetic.crossCorrelation === null
      ? []
      : [
          `Correlations of series are ${number(synthetic.crossCorrelation)} from real ones on ` +
            `average${beside(({ crossCorrelation }) => crossCorrelation)}.`,
        ]),
    ...nearestInWords(nearest),
    ...(recurrent ? recurrentInWords(recurrent) : []),
  ];
}

function nearestInWords({ sequences: { queries }, holdout }: NearestSequences): string[] {
  if (!holdout) return [];
  const { closerToReal, byChance } = holdout;
  const isNear = closerToReal > byChance.high;
  return [
    `By dynamic time warping ${percent(closerToReal)} of ${queries} synthetic sequences are closer to one ` +
      `that they were made from than to a held-out one (by chance ${percent(byChance.low)} to ` +
      `${percent(byChance.high)}): ` +
      `${isNear ? 'a sign of learning by heart' : 'no sign of learning by heart'}.`,
  ];
}

function recurrentInWords({ discriminative, predictive }: RecurrentScores): string[] {
  return [
    `TimeGAN's discriminative score is ${number(meanOf(discriminative))} (0: a small recurrent network ` +
      'cannot tell them apart, 0.5: it always can); its predictive score, an error, is ' +
      `${number(meanOf(predictive.synthetic))}, learned of real sequences ` +
      `${number(meanOf(predictive.real))}.`,
  ];
}

const steps = ({ shortest, mean, longest }: SequenceComparison['lengths']['real']) =>
  `${shortest} to ${longest} steps, ${mean.toFixed(1)} on average`;
const number = (value: number | null) => value?.toFixed(3) ?? 'unknown';
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
