import { turn } from '../data/abortable.js';
import { createRandom, type Random, type Seed } from '../random.js';
import type { Rows } from './columns/column.js';
import { drawRows, type RowsSource } from './columns/draw-rows.js';
import { type ComparedAs, type IgnoredColumn, readTogether } from './columns/read.js';
import { type Detection, detect } from './detection/detection.js';
import { type Quality, quality } from './fidelity/quality.js';
import { describeFindings } from './findings.js';
import type { ModelName } from './models/trainers.js';
import { findNewRows, type NewRows } from './privacy/new-rows.js';
import { measureProtection, type Protection } from './privacy/protection.js';
import { meanOf } from './statistics.js';
import { type Lift, liftOf } from './utility/measure-lift.js';
import { checkTarget } from './utility/target.js';

export interface EvaluateOptions {
  /** Real rows that the synthetic ones were not made from: without them there is no utility. */
  readonly holdout?: RowsSource | undefined;
  /** Column that a downstream model predicts. */
  readonly target?: string | undefined;
  /** Draws rows, folds and trainings. Default: 0. */
  readonly seed?: Seed | undefined;
  /** Trainings of each downstream model. Default: 3. */
  readonly trainings?: number | undefined;
  /** Downstream model. Default: boosted trees. */
  readonly model?: ModelName | undefined;
  /** How columns are compared, where their type should not decide. */
  readonly columns?: Readonly<Record<string, ComparedAs>> | undefined;
  /** At most so many rows of each table are drawn and held. Default: 50,000. */
  readonly rows?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How good, how useful and how private synthetic rows are. Plain JSON. */
export interface Evaluation {
  /** What was found, in sentences; what does not help is said. */
  readonly findings: readonly string[];
  /** Rows of each table, and how many of them were drawn. */
  readonly rows: Readonly<Record<'real' | 'synthetic' | 'holdout', RowCount | null>>;
  readonly ignored: readonly IgnoredColumn[];
  readonly quality: Quality & {
    /** As SDMetrics 0.32 computes them. */
    readonly sdmetrics: Pick<Quality, 'score' | 'columnShapes' | 'columnPairTrends'> & {
      /** As its earlier versions did, and most published tables: weak links count too. */
      readonly scoreOfAllPairs: number | null;
    };
  };
  readonly detection: Readonly<Record<ModelName, Detection>>;
  readonly privacy: {
    readonly newRows: NewRows;
    /** The same of held-out rows: what is alike by chance. */
    readonly newRowsOfHoldout: NewRows | null;
    readonly distances: Protection;
  };
  /** `null` without a target or held-out rows. */
  readonly utility: Lift | null;
}

export interface RowCount {
  readonly total: number;
  readonly drawn: number;
}

const defaultRows = 50_000;

/**
 * Compares synthetic rows with real ones.
 *
 * Everything is measured on drawn rows: at most `rows` of each table; of these 10,000 a side for
 * detection, 2,000 synthetic against 10,000 real ones for distances, and 20,000 real ones for
 * training. The same arguments give the same report. Events have their turn between the parts.
 *
 * @throws DataError for tables without rows, or a target of fewer than two classes.
 * @throws SchemaError for tables of different columns, or a target that is not a column of theirs.
 */
export async function evaluate(
  real: RowsSource,
  synthetic: RowsSource,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const { holdout, target, seed = 0, trainings = 3, model, columns, signal } = options;
  const { rows: limit = defaultRows } = options;
  const random = createRandom(seed).fork('evaluate');
  const draw = (source: RowsSource, what: string) =>
    drawRows(source, limit, random.fork('draw', what), what, signal);
  const drawn = {
    real: await draw(real, 'real'),
    synthetic: await draw(synthetic, 'synthetic'),
    holdout: holdout === undefined ? undefined : await draw(holdout, 'holdout'),
  };
  const { rows, ignored, schema } = readTogether<'real' | 'synthetic' | 'holdout'>(
    {
      real: drawn.real.batches,
      synthetic: drawn.synthetic.batches,
      // Without held-out rows the real ones stand in for their type, and are never looked at.
      holdout: drawn.holdout?.batches ?? drawn.real.batches,
    },
    columns,
  );
  if (target !== undefined) checkTarget(target, schema, ignored);
  const tables: Tables = { ...rows, holdout: drawn.holdout && rows.holdout };
  const countOf = (own?: (typeof drawn)['real'], held?: Rows): RowCount | null =>
    own && held ? { total: own.total, drawn: held.length } : null;
  const measured = plain({
    rows: {
      real: countOf(drawn.real, tables.real),
      synthetic: countOf(drawn.synthetic, tables.synthetic),
      holdout: countOf(drawn.holdout, tables.holdout),
    },
    ignored,
    quality: await measureQuality(tables, signal),
    detection: await measureDetection(tables, random, signal),
    privacy: await measurePrivacy(tables, random, signal),
    utility:
      target === undefined || !tables.holdout
        ? null
        : await liftOf(
            { ...tables, holdout: tables.holdout },
            { target, model, signal, seeds: seedsOf(seed, trainings) },
          ),
  });
  return { findings: describeFindings(measured, target), ...measured };
}

/** As JSON has it: what is no number, as of too few rows, is null. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

interface Tables {
  readonly real: Rows;
  readonly synthetic: Rows;
  readonly holdout: Rows | undefined;
}

async function measureQuality({ real, synthetic }: Tables, signal?: AbortSignal) {
  await turn(signal);
  const own = quality(real, synthetic);
  await turn(signal);
  const other = quality(real, synthetic, { edges: 'own' });
  const { score, columnShapes, columnPairTrends, pairs } = other;
  const scoreOfAllPairs = meanOf([columnShapes, meanOf(pairs.map((pair) => pair.score))]);
  return { ...own, sdmetrics: { score, columnShapes, columnPairTrends, scoreOfAllPairs } };
}

async function measureDetection({ real, synthetic }: Tables, random: Random, signal?: AbortSignal) {
  await turn(signal);
  const linear = detect(real, synthetic, 'linear', random.fork('detection'));
  await turn(signal);
  const boosting = detect(real, synthetic, 'boosting', random.fork('detection'));
  return { linear, boosting };
}

async function measurePrivacy(tables: Tables, random: Random, signal?: AbortSignal) {
  const { real, synthetic, holdout } = tables;
  await turn(signal);
  const newRows = findNewRows(real, synthetic);
  await turn(signal);
  const newRowsOfHoldout = holdout ? findNewRows(real, holdout) : null;
  await turn(signal);
  const distances = measureProtection(real, synthetic, holdout, random.fork('distances'));
  return { newRows, newRowsOfHoldout, distances };
}

const seedsOf = (seed: Seed, count: number) =>
  Array.from({ length: count }, (_, k) => `${seed} ${k}`);
