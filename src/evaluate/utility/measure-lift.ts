import type { Rows } from '../../columns/column.js';
import { type RowsInput, readTogether } from '../../columns/read.js';
import type { ComparedAs } from '../../columns/read-cells.js';
import { joinRows, sampleRows } from '../../columns/select.js';
import { InvalidOptionError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { listOf, object } from '../../options/composed.js';
import { about, required } from '../../options/option.js';
import {
  abortSignal,
  boolean,
  custom,
  oneOf,
  seed,
  text,
  wholeNumber,
} from '../../options/values.js';
import { createRandom, type Seed } from '../../random.js';
import { yieldToEventLoop } from '../../threads/abortable.js';
import type { Examples } from '../models/model.js';
import { type ModelName, modelNames, trainers } from '../models/trainers.js';
import { comparedColumns } from '../options.js';
import { mostProbable } from '../scores/classes.js';
import { windowStatistics } from '../sequence/window-statistics.js';
import { type Estimate, estimate } from './estimate.js';
import { checkFairness, type Fairness, measureFairness } from './fairness.js';
import { type Interval, liftInterval } from './interval.js';
import { type Measure, type Scorer, type Scores, scorerOf } from './score.js';
import { balanceClasses, checkTarget, describeTarget, examplesOf, type Target } from './target.js';

/** What is trained and tested, and how often. */
export interface LiftOptions {
  /** Real rows to train on. */
  readonly real: RowsInput;
  /** Synthetic rows, made from `real` alone: what they know of `holdout` would be counted as lift. */
  readonly synthetic: RowsInput;
  /** Real rows to test on, that neither the model of the synthetic rows nor `real` has seen. */
  readonly holdout: RowsInput;
  /** Column to predict. */
  readonly target: string;
  /** One training of each arm for each. Default: 1, 2 and 3. */
  readonly seeds?: readonly Seed[] | undefined;
  /** What is trained. Default: boosted trees; where there are images, a CNN, which sees them alone. */
  readonly model?: ModelName | undefined;
  /** Of two classes, the one that F1 and average precision are about. Default: the rarer one. */
  readonly positive?: string | undefined;
  /** How columns are compared, where their type should not decide. */
  readonly columns?: Readonly<Record<string, ComparedAs>> | undefined;
  /** Train on at most so many real rows, test on as many: drawn; synthetic in proportion. Default: 20,000. */
  readonly rows?: number | undefined;
  /** Train an arm on synthetic rows alone. Default: true. */
  readonly alone?: boolean | undefined;
  /** Train an arm on real rows with classes of equal weight too: what can be had for free. */
  readonly reweighted?: boolean | undefined;
  /** Column of groups that models are asked how they treat; the target is to have two classes. Default: none. */
  readonly fairness?: string | undefined;
  /** Stops the work; it ends with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

const rows = required(
  custom<RowsInput>('record batches', (value) => typeof value === 'object' && value !== null),
);

/** The column by whose groups models are measured. */
export const fairnessOption = about(
  'column of groups: how models treat them is measured too, for a target of two classes',
  text('the name of a column'),
);

/** The options of `measureLift`. */
export const liftOptions = object<LiftOptions>({
  real: rows,
  synthetic: rows,
  holdout: rows,
  target: required(text('the name of a column')),
  seeds: listOf(seed(), 'an array of seeds', { least: 1 }),
  model: oneOf(modelNames),
  positive: text('a class of the target'),
  columns: comparedColumns,
  rows: wholeNumber({ from: 1 }),
  alone: boolean(),
  reweighted: boolean(),
  fairness: fairnessOption,
  signal: abortSignal(),
});

/** What synthetic rows do to a model's scores on held-out real rows. Plain JSON. */
export interface Lift {
  /** The column that was predicted. */
  readonly target: string;
  /** Whether classes are predicted, or a number. */
  readonly task: 'classification' | 'regression';
  /** What was trained. */
  readonly model: ModelName;
  /** Of two classes, the one that scores are about. */
  readonly positive?: string;
  /** Rows that it was trained on and tested on. */
  readonly rows: {
    /** Real rows to train on. */
    readonly real: number;
    /** Synthetic rows to train on. */
    readonly synthetic: number;
    /** Real rows to test on. */
    readonly holdout: number;
  };
  /**
   * Scores on the held-out rows, by what the model was trained on; `augmented` is both together, and
   * `synthetic` has none where it was not to be trained alone.
   */
  readonly trainedOn: Readonly<Record<Arm, ScoreEstimates>> & {
    /** Real rows, with classes of equal weight. */
    readonly reweighted?: ScoreEstimates;
  };
  /**
   * What adding the synthetic rows to the real ones gains, positive where it helps, with the middle
   * 95 % over resampled held-out rows and seeds.
   */
  readonly lift: Partial<Record<Measure, Interval>>;
  /** What the verdict is about: average precision for two classes, macro-F1 for more, R². */
  readonly measure: Measure;
  /** Whether the 95 % interval of the gain lies above 0, below, or around it. */
  readonly verdict: 'helps' | 'hurts' | 'no clear difference';
  /** How groups are treated; only where that was asked for. */
  readonly fairness?: Fairness;
}

/** What a model was trained on: real rows, synthetic ones, or both. */
export type Arm = 'real' | 'synthetic' | 'augmented';

/** Estimates of each measure that suits the task. */
export type ScoreEstimates = Partial<Record<Measure, Estimate>>;

/**
 * Trains a model on real rows, on synthetic ones (TSTR) and on both, and tests each on held-out real
 * rows; of sequences it sees their attributes and statistics of their steps. Deterministic; events have their turn between the trainings.
 *
 * @throws DataError for inputs without rows, or a target of fewer than two classes.
 * @throws SchemaError for tables of different columns, or a target that is not a column of theirs.
 */
export async function measureLift(options: LiftOptions): Promise<Lift> {
  checkOptions(liftOptions, options);
  const { real, synthetic, holdout, target, columns, signal } = options;
  const { rows, ignored, schema } = readTogether({ real, synthetic, holdout }, columns);
  checkTarget(target, schema, ignored, rows.real);
  const described = {
    real: windowStatistics(rows.real),
    synthetic: windowStatistics(rows.synthetic),
    holdout: windowStatistics(rows.holdout),
  };
  return liftOf(described, { ...options, signal });
}

/** The same, of rows that have been read together, and hold the target. */
export async function liftOf(
  tables: Readonly<Record<'real' | 'synthetic' | 'holdout', Rows>>,
  options: Omit<LiftOptions, 'real' | 'synthetic' | 'holdout' | 'columns'> & {
    /** Told, in words, of each training. */
    readonly onPart?: ((part: string) => void) | undefined;
  },
): Promise<Lift> {
  const { seeds = [1, 2, 3], rows: limit = 20_000, signal, onPart } = options;
  const model = chooseModel(tables.real, options.model);
  const target = describeTarget(tables.real, options.target, options.positive);
  const { fairness } = options;
  if (fairness !== undefined) checkFairness(fairness, tables.real, target);
  const random = createRandom('measure-lift');
  const share = Math.min(1, limit / tables.real.length);
  const real = sampleRows(tables.real, limit, random.fork('real'));
  const wanted = Math.max(1, Math.round(share * tables.synthetic.length));
  const synthetic = sampleRows(tables.synthetic, wanted, random.fork('synthetic'));
  const tested = sampleRows(tables.holdout, limit, random.fork('holdout'));
  const holdout = examplesOf(tested, target);
  const training = {
    real: examplesOf(real, target),
    synthetic: examplesOf(synthetic, target),
    augmented: examplesOf(joinRows(real, synthetic), target),
  };
  const train = trainers[model];
  const taken: Record<string, Int32Array[]> = {};
  const score = async (examples: Examples, what: string): Promise<Scorer[]> => {
    const scorers: Scorer[] = [];
    const classes: Int32Array[] = [];
    taken[what] = classes;
    for (const [k, seed] of seeds.entries()) {
      onPart?.(`what ${model} learns of ${what} rows, ${k + 1} of ${seeds.length}`);
      await yieldToEventLoop(signal);
      const predict = await train(examples, target.task, seed, signal);
      const predicted = await predict(holdout.features);
      scorers.push(scorerOf(holdout.target, predicted, target));
      if (fairness !== undefined) classes.push(mostProbable(predicted, target.classes.length));
    }
    return scorers;
  };
  const scorers = {
    real: await score(training.real, 'real'),
    synthetic: options.alone === false ? [] : await score(training.synthetic, 'synthetic'),
    augmented: await score(training.augmented, 'all'),
  };
  const isReweighted = options.reweighted === true && target.task.kind === 'classification';
  const reweighted = isReweighted
    ? await score(balanceClasses(training.real), 'reweighted')
    : undefined;
  await yieldToEventLoop(signal);
  const measure = primaryOf(target);
  const scores = {
    real: scorers.real.map((score) => score()),
    synthetic: scorers.synthetic.map((score) => score()),
    augmented: scorers.augmented.map((score) => score()),
  };
  const measures = Object.keys(scores.real[0] ?? {}) as Measure[];
  const lift = liftInterval(scorers.real, scorers.augmented, measures, holdout.target.length);
  return {
    target: target.name,
    task: target.task.kind,
    model,
    ...(target.positive === undefined
      ? {}
      : { positive: target.classes[target.positive] as string }),
    rows: { real: real.length, synthetic: synthetic.length, holdout: holdout.target.length },
    trainedOn: {
      real: summarize(measures, scores.real),
      synthetic: options.alone === false ? {} : summarize(measures, scores.synthetic),
      augmented: summarize(measures, scores.augmented),
      ...(reweighted
        ? {
            reweighted: summarize(
              measures,
              reweighted.map((own) => own()),
            ),
          }
        : {}),
    },
    lift,
    measure,
    verdict: verdictOf(lift[measure]),
    ...(fairness === undefined
      ? {}
      : {
          fairness: measureFairness(
            fairness,
            target,
            { real, synthetic, holdout: tested },
            {
              real: taken.real ?? [],
              synthetic: taken.synthetic ?? [],
              augmented: taken.all ?? [],
            },
          ),
        }),
  };
}

/** The model that measures: a CNN where there are images, by default. @throws InvalidOptionError */
export function chooseModel({ images }: Rows, wanted?: ModelName): ModelName {
  const model = wanted ?? (images ? 'cnn' : 'boosting');
  if (!Object.hasOwn(trainers, model)) {
    throw new InvalidOptionError(`model is unknown: ${model}. Use one of ${modelNames.join(', ')}`);
  }
  if (model === 'cnn' && !images) {
    throw new InvalidOptionError(
      "model 'cnn' needs a column of images, and there is none: use 'boosting' or 'linear'",
    );
  }
  return model;
}

function primaryOf({ task, positive }: Target): Measure {
  if (task.kind === 'regression') return 'r2';
  return positive === undefined ? 'macroF1' : 'averagePrecision';
}

function summarize(measures: readonly Measure[], scores: readonly Scores[]) {
  return Object.fromEntries(
    measures.map((measure) => [measure, estimate(scores.map((own) => own[measure]))]),
  ) as ScoreEstimates;
}

function verdictOf(interval: Interval | undefined): Lift['verdict'] {
  if (interval?.low != null && interval.low > 0) return 'helps';
  if (interval?.high != null && interval.high < 0) return 'hurts';
  return 'no clear difference';
}
