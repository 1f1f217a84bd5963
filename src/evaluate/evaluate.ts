import type { RecordBatch } from 'apache-arrow';
import type { Rows } from '../columns/column.js';
import { type DrawnRows, drawRows, type RowsSource } from '../columns/draw-rows.js';
import { readTogether } from '../columns/read.js';
import type { ComparedAs } from '../columns/read-cells.js';
import { sampleRows } from '../columns/select.js';
import { meanOf } from '../columns/statistics.js';
import { withThumbnails } from '../columns/thumbnails.js';
import { groupSequenceBatches } from '../data/sequences/group.js';
import { type SequenceOptions, sequenceOption } from '../data/sequences/options.js';
import { readSequenceLayout } from '../data/sequences/sequence-layout.js';
import { holdsPictures } from '../encode/pictures/picture-reader.js';
import { InvalidOptionError } from '../errors.js';
import type { Model } from '../gan/model/model.js';
import { checkOptions } from '../options/check.js';
import { object } from '../options/composed.js';
import { about } from '../options/option.js';
import {
  abortSignal,
  boolean,
  callback,
  oneOf,
  seed as seedOption,
  text,
  wholeNumber,
} from '../options/values.js';
import { createRandom, type Random, type Seed } from '../random.js';
import { yieldToEventLoop } from '../threads/abortable.js';
import { type Detection, type Detector, detect } from './detection/detection.js';
import type { Evaluation, PrivacyAttacks, RowCount } from './evaluation.js';
import { marginalAccuracy } from './fidelity/accuracy.js';
import { countBroken } from './fidelity/broken-rules.js';
import { quality } from './fidelity/quality.js';
import { describeFindings } from './findings.js';
import { illustrate } from './illustrations/illustrate.js';
import { compareImages } from './image/compare-images.js';
import { type ModelName, modelNames } from './models/trainers.js';
import { comparedColumns, rowsOption } from './options.js';
import { measureAttacks } from './privacy/attacks/measure-attacks.js';
import { measureYardsticks } from './privacy/attacks/yardsticks.js';
import { findNewRows } from './privacy/new-rows.js';
import { distanceRows, measureProtection } from './privacy/protection.js';
import { compareSequences, type SequenceComparison } from './sequence/compare-sequences.js';
import { asSequences } from './sequence/compared-sequences.js';
import { windowStatistics } from './sequence/window-statistics.js';
import { compareTexts, type TextComparison, textsOf } from './text/compare-texts.js';
import { evaluateTranslation } from './translation/evaluate-translation.js';
import { modelInMemory } from './translation/options.js';
import type { TranslationEvaluation } from './translation/translation-evaluation.js';
import { checkFairness } from './utility/fairness.js';
import { fairnessOption, liftOf } from './utility/measure-lift.js';
import { checkTarget, describeTarget } from './utility/target.js';

/** What synthetic rows are compared by. */
export interface EvaluateOptions {
  /** Real rows that the synthetic ones were not made from: without them there is no utility. */
  readonly holdout?: RowsSource | undefined;
  /** Column that a downstream model predicts. */
  readonly target?: string | undefined;
  /**
   * The model that made the synthetic rows, if it translates: what it makes of held-out rows is held
   * against their truth. Default: none.
   */
  readonly translation?: Model | undefined;
  /** A model that makes labels of the images that the first one makes of them. Default: none. */
  readonly segmenter?: Model | undefined;
  /** Draws rows, folds and trainings. Default: 0. */
  readonly seed?: Seed | undefined;
  /** Trainings of each downstream model. Default: 3. */
  readonly trainings?: number | undefined;
  /**
   * Column of groups, such as a protected attribute: how the downstream models treat them is measured too,
   * for a target of two classes. Default: none.
   */
  readonly fairness?: string | undefined;
  /** Downstream model. Default: boosted trees; where there are images, a CNN, which sees them alone. */
  readonly model?: ModelName | undefined;
  /** How columns are compared, where their type should not decide. */
  readonly columns?: Readonly<Record<string, ComparedAs>> | undefined;
  /**
   * Takes the rows of each entity of long tables as one sequence, and compares sequences: rows are
   * sequences then, also where they are counted. Default: rows stand for themselves; those of tables
   * that were grouped are sequences in any case.
   */
  readonly sequence?: SequenceOptions | undefined;
  /**
   * Whether sequences are also judged by recurrent networks, by TimeGAN's discriminative and predictive
   * scores, `trainings` times: of 24 steps a minute or two each. Default: false.
   */
  readonly recurrent?: boolean | undefined;
  /** At most so many rows of each table are drawn and held. Default: 50,000. */
  readonly rows?: number | undefined;
  /**
   * Whether the evaluation holds what a report shows beside numbers: some rows of both sides, real
   * ones too, a map of rows, and pairs of columns drawn. Default: true.
   */
  readonly illustrations?: boolean | undefined;
  /** Stops the work; it ends with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told, in words, which part is about to be measured. */
  readonly onPart?: ((part: string) => void) | undefined;
}

/** The options of `evaluate`. */
export const evaluateOptions = object<EvaluateOptions>({
  holdout: about('real rows that played no part in making the synthetic ones', rowsOption),
  target: about('column that a model is to predict', text('the name of a column')),
  translation: about('the model that made them, if it translates', modelInMemory),
  segmenter: about('a model that makes labels of its images', modelInMemory),
  seed: about('draws rows, folds and trainings (default: 0)', seedOption()),
  trainings: about('trainings of each model (default: 3)', wholeNumber({ from: 1 })),
  fairness: fairnessOption,
  model: about(
    'what predicts it (default: boosting, or cnn where there are images)',
    oneOf(modelNames),
  ),
  columns: comparedColumns,
  sequence: sequenceOption,
  recurrent: about("judge sequences by TimeGAN's recurrent networks too", boolean()),
  rows: about('rows to draw of each (default: 50000)', wholeNumber({ from: 1 })),
  illustrations: about('show some rows, real ones too (default: true)', boolean()),
  signal: abortSignal(),
  onPart: callback<(part: string) => void>(),
});

const defaultRows = 50_000;

/** Rows whose images are made into thumbnails, at most: of more, distances are not measured. */
const thumbnailRows = distanceRows.reference;

/**
 * Compares synthetic rows with real ones.
 *
 * Everything is measured on drawn rows: at most `rows` of each table; of these 10,000 a side for
 * detection, 2,000 synthetic against 10,000 real ones for distances, and 20,000 real ones for
 * training. Attackers see at most 1,000 real rows, 1,000 held-out ones and 20,000 synthetic ones, and
 * fewer of tables of more than 25 columns. Of images 2,000 of each kind are compared. What compares rows
 * sees of sequences their attributes and statistics of their steps (`windowStatistics`); what only
 * sequences have is compared beside, of at most 5,000 of each table. The same arguments give the same
 * report. Events have their turn between the parts.
 *
 * @throws InvalidOptionError for options that cannot be used.
 * @throws DataError for tables without rows, or a target of fewer than two classes.
 * @throws SchemaError for tables of different columns, or a target that is not a column of theirs.
 */
export async function evaluate(
  real: RowsSource,
  synthetic: RowsSource,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  checkOptions(evaluateOptions, options);
  checkTranslation(options);
  const { holdout, target, seed = 0, trainings = 3, model, columns, signal, fairness } = options;
  if (fairness !== undefined && (target === undefined || holdout === undefined)) {
    throw new InvalidOptionError(
      'fairness is of models that predict a target on held-out rows. Name a target and give held-out rows, or leave it out',
    );
  }
  const { rows: limit = defaultRows, illustrations = true, onPart = () => {} } = options;
  const random = createRandom(seed).fork('evaluate');
  const draw = (source: RowsSource, what: string, sequence = options.sequence) => {
    onPart(`drawing ${what} rows`);
    const rows = sequence ? groupSequenceBatches(source, { ...sequence, signal }) : source;
    return drawRows(rows, limit, random.fork('draw', what), what, signal);
  };
  const drawnReal = await draw(real, 'real');
  const sequence = withAttributes(options.sequence, drawnReal);
  const drawn = {
    real: drawnReal,
    synthetic: await draw(synthetic, 'synthetic', sequence),
    holdout: holdout === undefined ? undefined : await draw(holdout, 'holdout', sequence),
  };
  const work = { random, signal, onPart };
  // First: a model that cannot be held against these rows is refused before anything is measured.
  const translation = await measureTranslation(drawn.holdout, options, work);
  const { rows, ignored, schema } = readTogether<'real' | 'synthetic' | 'holdout'>(
    {
      real: drawn.real.batches,
      synthetic: drawn.synthetic.batches,
      // Without held-out rows the real ones stand in for their type, and are never looked at.
      holdout: drawn.holdout?.batches ?? drawn.real.batches,
    },
    columns,
  );
  if (target !== undefined) checkTarget(target, schema, ignored, rows.real);
  if (fairness !== undefined && target !== undefined) {
    checkFairness(fairness, rows.real, describeTarget(rows.real, target));
  }
  const tables: Tables = { ...rows, holdout: drawn.holdout && rows.holdout };
  if (options.recurrent && !asSequences(tables.real)) {
    throw new InvalidOptionError(
      "'recurrent' judges sequences, and the rows are none. Say which rows belong together: sequence: { by }",
    );
  }
  const countOf = (own?: (typeof drawn)['real'], held?: Rows): RowCount | null =>
    own && held ? { total: own.total, drawn: held.length } : null;
  const measuredQuality = await measureQuality(tables, work);
  const described: Tables = {
    real: windowStatistics(tables.real),
    synthetic: windowStatistics(tables.synthetic),
    holdout: tables.holdout && windowStatistics(tables.holdout),
  };
  const measured = plain({
    rows: {
      real: countOf(drawn.real, tables.real),
      synthetic: countOf(drawn.synthetic, tables.synthetic),
      holdout: countOf(drawn.holdout, tables.holdout),
    },
    ignored,
    quality: measuredQuality,
    rules: await measureRules(drawn, work),
    detection: await measureDetection(described, work),
    sequences: await measureSequences(tables, options.recurrent ? trainings : 0, work),
    images: await measureImages(tables, target, work),
    texts: await measureTexts(tables, work),
    privacy: await measurePrivacy(described, { drawn, columns }, work),
    translation,
    utility:
      target === undefined || !tables.holdout
        ? null
        : await liftOf(
            { ...described, holdout: described.holdout as Rows },
            { target, model, fairness, signal, seeds: seedsOf(seed, trainings), onPart },
          ),
    illustrations: illustrations
      ? illustrate(
          { batches: drawn.real.batches, rows: tables.real, described: described.real },
          {
            batches: drawn.synthetic.batches,
            rows: tables.synthetic,
            described: described.synthetic,
          },
          measuredQuality.pairs,
          random.fork('illustrations'),
        )
      : null,
  });
  return { findings: describeFindings(measured, target), ...measured };
}

/** @throws InvalidOptionError for a translation without rows to hold it against. */
function checkTranslation({ translation, segmenter, holdout }: EvaluateOptions): void {
  if (translation && holdout === undefined) {
    throw new InvalidOptionError(
      "'translation' needs held-out real rows: what is made of them is held against their truth. Give " +
        'holdout',
    );
  }
  if (!segmenter || translation) return;
  throw new InvalidOptionError(
    "'segmenter' finds labels in what a model makes of them, and there is none. Give translation",
  );
}

function measureTranslation(
  holdout: DrawnRows | undefined,
  { translation, segmenter, seed, illustrations }: EvaluateOptions,
  { signal, onPart }: Work,
): Promise<TranslationEvaluation> | null {
  if (!translation || !holdout) return null;
  onPart('what is made of held-out rows, beside their truth');
  const given = { segmenter, seed, illustrations, signal };
  return evaluateTranslation(translation, holdout.batches, given);
}

/** How other tables are grouped: with the attributes that the real rows of sequences have. */
function withAttributes(
  sequence: SequenceOptions | undefined,
  { batches }: DrawnRows,
): SequenceOptions | undefined {
  const schema = batches[0]?.schema;
  const layout = schema && readSequenceLayout(schema);
  if (!sequence || !layout) return sequence;
  const names = schema.fields.map(({ name }) => name);
  const isAttribute = (name: string) => !layout.lists.includes(name) && !layout.by.includes(name);
  return { ...sequence, attributes: names.filter(isAttribute) };
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

interface Work {
  readonly random: Random;
  readonly signal: AbortSignal | undefined;
  readonly onPart: (part: string) => void;
}

function measureRules(
  { real, synthetic }: Record<'real' | 'synthetic', { readonly batches: readonly RecordBatch[] }>,
  { signal, onPart }: Work,
) {
  onPart('rules that every real row keeps');
  return countBroken(real.batches, synthetic.batches, signal);
}

async function measureQuality({ real, synthetic, holdout }: Tables, work: Work) {
  const { random, signal, onPart } = work;
  onPart('columns and pairs of columns');
  await yieldToEventLoop(signal);
  const own = quality(real, synthetic);
  await yieldToEventLoop(signal);
  const other = quality(real, synthetic, { edges: 'own' });
  const { score, columnShapes, columnPairTrends, pairs } = other;
  const scoreOfAllPairs = meanOf([columnShapes, meanOf(pairs.map((pair) => pair.score))]);
  await yieldToEventLoop(signal);
  const accuracy = marginalAccuracy(real, synthetic, holdout, random.fork('accuracy'));
  const sdmetrics = { score, columnShapes, columnPairTrends, scoreOfAllPairs };
  return { ...own, sdmetrics, accuracy };
}

async function measureDetection({ real, synthetic }: Tables, { random, signal, onPart }: Work) {
  const detectors: readonly Detector[] = [
    ...(real.columns.length > 0 ? (['linear', 'boosting'] as const) : []),
    ...(real.images ? (['cnn'] as const) : []),
  ];
  const found: Partial<Record<Detector, Detection>> = {};
  for (const detector of detectors) {
    onPart(`whether rows can be told apart, by ${detector}`);
    found[detector] = await detect(real, synthetic, detector, random.fork('detection'), { signal });
  }
  return found;
}

function measureImages(tables: Tables, target: string | undefined, work: Work) {
  if (tables.real.images) work.onPart('images');
  return compareImages(tables, target, work.random.fork('images'), work.signal);
}

async function measureSequences(
  { real, synthetic, holdout }: Tables,
  trainings: number,
  { random, signal, onPart }: Work,
): Promise<SequenceComparison | null> {
  const own = { real: asSequences(real), synthetic: asSequences(synthetic) };
  if (!own.real || !own.synthetic) return null;
  onPart(trainings > 0 ? 'sequences, also by recurrent networks' : 'sequences');
  return compareSequences(
    { real: own.real, synthetic: own.synthetic, holdout: asSequences(holdout) },
    { random: random.fork('sequences'), trainings, signal },
  );
}

async function measureTexts(
  { real, synthetic, holdout }: Tables,
  { random, signal, onPart }: Work,
): Promise<TextComparison[]> {
  const compared: TextComparison[] = [];
  for (const [k, own] of (real.texts ?? []).entries()) {
    onPart(`texts of '${own.name}'`);
    await yieldToEventLoop(signal);
    const cells = (rows: Rows | undefined) => textsOf(rows?.texts?.[k]);
    const texts = { real: cells(real), synthetic: cells(synthetic), holdout: cells(holdout) };
    if (texts.real.length === 0 || texts.synthetic.length === 0) continue;
    compared.push(compareTexts(own.name, texts, random.fork('texts', own.name)));
  }
  return compared;
}

/** The batches that tables were read from, and how. */
interface Read {
  readonly drawn: Readonly<Record<'real' | 'synthetic', DrawnRows>> & {
    readonly holdout: DrawnRows | undefined;
  };
  readonly columns: EvaluateOptions['columns'];
}

async function measurePrivacy(tables: Tables, read: Read, work: Work) {
  const { real, synthetic, holdout } = tables;
  const { random, signal, onPart } = work;
  onPart('copies of real rows, and rows close to them');
  await yieldToEventLoop(signal);
  const newRows = findNewRows(real, synthetic);
  await yieldToEventLoop(signal);
  const newRowsOfHoldout = holdout ? findNewRows(real, holdout) : null;
  await yieldToEventLoop(signal);
  const [own, made, others] = [real, synthetic, holdout].map((rows, k) => {
    if (!rows?.images) return rows && withSomeColumn(rows);
    return withThumbnails(sampleRows(rows, thumbnailRows, random.fork('thumbnails', k)));
  }) as [Rows, Rows, Rows | undefined];
  await yieldToEventLoop(signal);
  const distances = measureProtection(own, made, others, random.fork('distances'));
  const attacks = others ? await attack([own, made, others], read, work) : null;
  return { newRows, newRowsOfHoldout, distances, attacks };
}

async function attack(
  [members, synthetic, others]: readonly [Rows, Rows, Rows],
  { drawn: { real, holdout }, columns }: Read,
  { random, signal, onPart }: Work,
): Promise<PrivacyAttacks | null> {
  onPart('what attackers find out about real rows');
  const found = await measureAttacks(members, others, synthetic, random.fork('attacks'), signal);
  if (!found || !holdout) return null;
  onPart('what they find out of rows of makers without a network');
  const { columns: compared, texts = [] } = members;
  const { schema } = real.batches[0] as RecordBatch;
  const isTable =
    compared.some((column) => !texts.some((own) => own === column)) &&
    !schema.fields.some(holdsPictures) &&
    !readSequenceLayout(schema);
  const input = {
    real: real.batches,
    holdout: holdout.batches,
    rows: found.rows.synthetic,
    columns,
  };
  const yardsticks = isTable
    ? await measureYardsticks(input, random.fork('yardsticks'), signal)
    : {};
  return { ...found, yardsticks };
}

/** Of rows of texts alone, distances are 0 between equal ones, and else 1. */
function withSomeColumn(rows: Rows): Rows {
  return rows.columns.length > 0 ? rows : { ...rows, columns: rows.texts ?? [] };
}

const seedsOf = (seed: Seed, count: number) =>
  Array.from({ length: count }, (_, k) => `${seed} ${k}`);
