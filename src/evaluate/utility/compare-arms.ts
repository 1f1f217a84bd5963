import { type Rows, withoutColumn } from '../../columns/column.js';
import { readTogether } from '../../columns/read.js';
import { joinRows, takeRows } from '../../columns/select.js';
import { createRandom, type Seed } from '../../random.js';
import { yieldToEventLoop } from '../../threads/abortable.js';
import type { Examples } from '../models/model.js';
import { trainers } from '../models/trainers.js';
import { windowStatistics } from '../sequence/window-statistics.js';
import type { ArmComparison, ArmFold, ArmOptions } from './arm.js';
import { gainOf, meanScores, type Outcomes } from './arm-gain.js';
import { isPast } from './is-past.js';
import { chooseModel } from './measure-lift.js';
import {
  balanceClasses,
  checkTarget,
  describeTarget,
  examplesOf,
  knownExamples,
} from './target.js';
import { moveThreshold } from './threshold.js';

/** Names of the arms that cost nothing. */
export const freeArms = { weights: 'class weights', threshold: 'another threshold' } as const;

/**
 * Trains a model on real rows, with and without the synthetic rows of each arm, fold by fold, and
 * says what each arm gains in predicting the rows that no training has seen.
 *
 * Of sequences the model sees their attributes and statistics of their steps.
 *
 * A repeat's predictions are scored together, rather than fold by fold: of a rare class a fold has
 * too few rows. Gains come with their middle 95 % over resampled rows.
 *
 * @throws SchemaError for a target that is no column, or cannot be predicted; DataError for one of
 * fewer than two classes.
 */
export async function compareArms(options: ArmOptions): Promise<ArmComparison> {
  const { folds, target: name, signal, until, seeds = [0] } = options;
  const { real, tables } = readArms(options);
  const target = describeTarget(real, name);
  const model = chooseModel(real, options.model);
  const truth = targetOfRows(real, target);
  const outcomes: Outcomes = { truth, target, arms: new Map() };
  const record = (arm: string, key: string, fold: ArmFold, predicted: Float64Array) => {
    const width = target.task.kind === 'classification' ? target.task.classes : 1;
    const repeats = outcomes.arms.get(arm) ?? new Map<string, Float64Array>();
    outcomes.arms.set(arm, repeats);
    const all = repeats.get(key) ?? new Float64Array(width * real.length).fill(Number.NaN);
    repeats.set(key, all);
    fold.test.forEach((row, k) => {
      all.set(predicted.subarray(width * k, width * (k + 1)), width * row);
    });
  };
  const tested = new Set<number>();
  let trainings = 0;
  for (const [k, fold] of folds.entries()) {
    const own = takeRows(real, fold.train);
    const features = withoutColumn(takeRows(real, fold.test), name);
    const examples = examplesOf(own, target);
    const arms: (readonly [string, Examples])[] = [['real', examples]];
    if (target.task.kind === 'classification') {
      arms.push([freeArms.weights, balanceClasses(examples)]);
    }
    for (const arm of Object.keys(fold.synthetic)) {
      const synthetic = tables.get(tableName(k, arm));
      const rows = synthetic ? joinRows(own, synthetic) : own;
      arms.push([arm, examplesOf(rows, target)]);
    }
    // Seed by seed, so that all arms have as many trainings when the time is up.
    for (const seed of seeds) {
      if (trainings > 0 && isPast(until)) break;
      for (const [arm, learned] of arms) {
        await yieldToEventLoop(signal);
        const predict = await trainers[model](learned, target.task, seedOf(seed, fold), signal);
        record(arm, `${fold.repeat} ${seed}`, fold, await predict(features));
      }
      trainings += 1;
      for (const row of fold.test) tested.add(row);
    }
  }
  await yieldToEventLoop(signal);
  moveThreshold(outcomes, folds, freeArms.threshold);
  const random = createRandom('compare-arms');
  const gains = [...outcomes.arms.keys()]
    .filter((arm) => arm !== 'real')
    .map((arm) => [arm, gainOf(outcomes, arm, random)] as const);
  const isFree = (arm: string) => Object.values<string>(freeArms).includes(arm);
  return {
    task: target.task.kind,
    tested: tested.size,
    trainings,
    ...(target.positive === undefined
      ? {}
      : { positive: target.classes[target.positive] as string }),
    real: meanScores(outcomes, 'real'),
    arms: Object.fromEntries(gains.filter(([arm]) => !isFree(arm))),
    free: Object.fromEntries(gains.filter(([arm]) => isFree(arm))),
  };
}

/** A fold's own seed, so that two folds do not see the same luck. */
function seedOf(seed: Seed, { repeat, test }: ArmFold): Seed {
  return `${seed} ${repeat} ${test[0] ?? 0}`;
}

/** Reads all tables at once, so that they share levels. */
function readArms({ real, folds, target }: ArmOptions) {
  const names: string[] = [];
  const given = folds.flatMap(({ synthetic }, k) =>
    Object.entries(synthetic).flatMap(([arm, batches]) => {
      const rows = batches.filter(({ numRows }) => numRows > 0);
      if (rows.length === 0) return [];
      names.push(tableName(k, arm));
      return [[tableName(k, arm), rows] as const];
    }),
  );
  const { rows, ignored, schema } = readTogether({ real, ...Object.fromEntries(given) });
  checkTarget(target, schema, ignored, rows.real as Rows);
  const read = rows as Readonly<Record<string, Rows>>;
  const described = (name: string) => windowStatistics(read[name] as Rows);
  return {
    real: described('real'),
    tables: new Map(names.map((name) => [name, described(name)])),
  };
}

const tableName = (fold: number, arm: string) => `fold ${fold}, ${arm}`;

/** The target of every row; NaN where it is unknown. */
function targetOfRows(rows: Rows, target: ReturnType<typeof describeTarget>): Float64Array {
  const values = new Float64Array(rows.length).fill(Number.NaN);
  const { known, target: own } = knownExamples(rows, target);
  known.forEach((row, k) => {
    values[row] = own[k] as number;
  });
  return values;
}
