import type { Random } from '../../../random.js';
import {
  type ComparedSequences,
  type SequenceRows,
  takeSequenceRows,
} from '../compared-sequences.js';
import { discriminativeScore, discriminativeSteps } from './discriminative.js';
import { mostTime, stepFeatures } from './features.js';
import { predictiveScore, predictiveSteps } from './predictive.js';
import { splitPlaces } from './split.js';

/** TimeGAN's two scores, by recurrent networks. */
export interface RecurrentScores {
  /** |accuracy − ½| of a network that tells real from synthetic: each training's. */
  readonly discriminative: readonly number[];
  /** The mean absolute error of predicting the next step, of what was learned of each: each training's. */
  readonly predictive: {
    /** Learned of synthetic sequences. */
    readonly synthetic: readonly (number | null)[];
    /** Learned of real ones, as a yardstick. */
    readonly real: readonly (number | null)[];
  };
  /** Steps of a sequence that were shown: the first ones. */
  readonly steps: number;
}

/** How often, and for how long, networks are trained. */
export interface RecurrentOptions {
  readonly trainings: number;
  /** Steps of the training of each network. Default: TimeGAN's. */
  readonly steps?: { readonly discriminative: number; readonly predictive: number } | undefined;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
}

/** Scores of the defaults of TimeGAN's code, where nothing else is said. */
const usualSteps = { discriminative: discriminativeSteps, predictive: predictiveSteps };

/**
 * TimeGAN's discriminative and predictive scores. Predictions are of held-out sequences; without these of
 * a fifth of the real ones, which the network that is to predict them has not learned.
 */
export async function recurrentScores(
  { real, synthetic, holdout }: ComparedSequences,
  { trainings, steps = usualSteps, random, signal }: RecurrentOptions,
): Promise<RecurrentScores> {
  const features = stepFeatures(real);
  const places = splitPlaces(real.length, random.fork('judged'));
  const learned = holdout ? real : takeSequenceRows(real, places.train);
  const judged = holdout ?? takeSequenceRows(real, places.test);
  const scores = {
    discriminative: [] as number[],
    synthetic: [] as number[],
    real: [] as number[],
  };
  for (let training = 0; training < trainings; training++) {
    const own = (what: string) => ({ random: random.fork(what, training), signal });
    scores.discriminative.push(
      await discriminativeScore(real, synthetic, features, {
        ...own('discriminative'),
        steps: steps.discriminative,
      }),
    );
    const predict = (rows: SequenceRows) =>
      predictiveScore(rows, judged, features, { ...own('predictive'), steps: steps.predictive });
    scores.synthetic.push(await predict(synthetic));
    scores.real.push(await predict(learned));
  }
  return {
    discriminative: scores.discriminative,
    predictive: { synthetic: scores.synthetic, real: scores.real },
    steps: Math.min(features.time, mostTime),
  };
}
