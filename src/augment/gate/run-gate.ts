import type { RecordBatch, Schema } from 'apache-arrow';
import {
  isGrouped,
  readSequenceLayout,
  type SequenceLayout,
} from '../../data/sequences/sequence-layout.js';
import { holdsPictures } from '../../encode/pictures/picture-reader.js';
import { InvalidOptionError, SchemaError } from '../../errors.js';
import type { ArmComparison } from '../../evaluate/utility/arm.js';
import { isPast } from '../../evaluate/utility/is-past.js';
import { isTrained } from '../../gan/families/family.js';
import { resolveRecipe } from '../../gan/families/recipes.js';
import type { Model } from '../../gan/model/model.js';
import type { Seed } from '../../random.js';
import type { AugmentContext } from '../augment-context.js';
import type { AugmentPlan, GatePlan } from '../augment-plan.js';
import type { HoldoutSplit } from '../fitting/split-holdout.js';
import type { RowFilter } from '../privacy/reject-rows.js';
import type { Candidate } from './candidate.js';
import { baselines, lessOfIt, ofAllMakers } from './candidates.js';
import { compareCandidates } from './compare-candidates.js';
import { bestOf, nameOf, trialsOf, verdictOf } from './decide.js';
import { classesOf, crossFolds, heldOutFold, joined } from './gate-folds.js';
import type { GateTrial, GateVerdict } from './verdict.js';

/** Of more rows some are held out once: they are enough to tell. */
const mostCrossed = 5000;

/** Trainings of each kind where rows are held out once, and where they are cut once. */
const heldOutSeeds: readonly Seed[] = [1, 2, 3];
const cutOnceSeeds: readonly Seed[] = [1, 2];

/** What the gate measures. */
export interface GateInput
  extends Pick<AugmentContext, 'dependencies' | 'schema' | 'plan' | 'emit'> {
  readonly gate: GatePlan;
  /** A model that is there already. */
  readonly model: Model | undefined;
  readonly filter: RowFilter | undefined;
}

/** What was found: the verdict, and the way of mixing that it is about. */
export interface GateResult {
  readonly verdict: GateVerdict;
  readonly chosen: Candidate;
}

/** Whether the rows are so few, and of such a kind, that all of them are tested in their turn. */
export function isCrossed(
  { gate, rejectCloserThan, shares }: AugmentPlan,
  { fields }: Schema,
  rows: number,
): boolean {
  if (!gate || gate.rows || gate.holdout !== undefined || shares.isZero) return false;
  const isPictures = fields.some(holdsPictures);
  return (
    rejectCloserThan === undefined && !isPictures && rows <= mostCrossed && rows >= 2 * leastRows
  );
}

/** Rows of a fold, at least, about. */
const leastRows = 10;

/** How often rows are cut, and into how many parts: the fewer they are, the more often. */
function cutsFor(rows: number, isTrained: boolean): { folds: number; repeats: number } {
  // Networks take long.
  if (isTrained) return { folds: 3, repeats: 1 };
  if (rows < 600) return { folds: 5, repeats: 3 };
  return { folds: 5, repeats: rows < 2000 ? 2 : 1 };
}

/** Measures ways of mixing by cross-validation: makers are fitted without the rows that judge them. */
export async function crossValidate(
  input: GateInput,
  batches: readonly RecordBatch[],
  signal: AbortSignal,
): Promise<GateResult> {
  const { plan, gate, model } = input;
  const { target } = gate;
  const rows = joined(batches);
  const { codes, counts } = classesOf(rows, target);
  const all = plan.fit.isAuto ? ofAllMakers(plan, target, counts) : lessOfIt(plan).slice(0, 2);
  const cuts = cutsFor(rows.numRows, model === undefined && isNetwork(plan));
  const slow = all.filter(({ recipe }) => recipe && isTrained(resolveRecipe(recipe).family));
  const quick = all.filter((candidate) => !slow.includes(candidate));
  const seeds: readonly Seed[] = cuts.repeats > 1 ? [0] : cutOnceSeeds;
  const folds = crossFolds(rows, codes, cuts, plan.fit.seed);
  const until = endOf(gate);
  const given = { ...input, rows: [rows], seeds, until };
  const { isAuto, settings } = plan.fit;
  const isTried = isAuto || (settings.recipe && nameOf(settings.recipe) === 'smote-nc');
  // SMOTE-NC makes no sequences.
  const isCompared = !isTried && !isGrouped(rows.schema);
  let comparison = await compareCandidates(
    { ...given, folds, candidates: quick, baselines: isCompared ? baselines(target, counts) : [] },
    signal,
  );
  let isCut = comparison.trainings < folds.length * seeds.length;
  if (slow.length > 0 && isPast(until)) isCut = true;
  else if (slow.length > 0) {
    const own = crossFolds(rows, codes, cutsFor(rows.numRows, true), plan.fit.seed);
    const second = { ...given, seeds: cutOnceSeeds, folds: own, candidates: slow };
    const { arms, trainings } = await compareCandidates(second, signal);
    isCut ||= trainings < own.length * cutOnceSeeds.length;
    comparison = { ...comparison, arms: { ...comparison.arms, ...arms } };
  }
  const trials = trialsOf(comparison, all, gate);
  const by = { rows: comparison.tested, ...cuts, ...(isCut ? { isCut } : {}) };
  return resultOf(trials, comparison, all, { target, by });
}

/** Measures ways of mixing by rows that were held out once, and less of it as long as it does not pass. */
export async function judgeHeldOut(
  input: GateInput,
  { training, holdout }: HoldoutSplit,
  signal: AbortSignal,
): Promise<GateResult> {
  const { plan, gate } = input;
  const { target } = gate;
  const { counts } = classesOf(joined(training), target);
  const all = plan.fit.isAuto ? ofAllMakers(plan, target, counts) : lessOfIt(plan);
  const { rows, folds } = heldOutFold(training, holdout);
  const until = endOf(gate);
  const given = { ...input, rows, folds, seeds: heldOutSeeds, until };
  const by = { rows: holdout.reduce((sum, { numRows }) => sum + numRows, 0), folds: 1, repeats: 1 };
  const trials: GateTrial[] = [];
  let comparison: ArmComparison | undefined;
  for (const candidates of plan.fit.isAuto ? [all] : all.map((candidate) => [candidate])) {
    comparison = await compareCandidates({ ...given, candidates }, signal);
    trials.push(...trialsOf(comparison, candidates, gate));
    const last = trials.at(-1);
    if (last?.passed || last?.gain.mean === null || isPast(until)) break;
  }
  return resultOf(trials, comparison as ArmComparison, all, { target, by });
}

function resultOf(
  trials: readonly GateTrial[],
  comparison: ArmComparison,
  candidates: readonly Candidate[],
  about: Pick<GateVerdict, 'target' | 'by'>,
): GateResult {
  const chosen = candidates[bestOf(trials)] as Candidate;
  return { verdict: verdictOf(trials, comparison, about), chosen };
}

/** When the gate's time is up, in ms since 1970. */
function endOf({ seconds }: GatePlan): number | undefined {
  return seconds === undefined ? undefined : Date.now() + 1000 * seconds;
}

/** Whether the rows are made by a network, which takes long to train. */
function isNetwork({ fit: { settings, isAuto } }: AugmentPlan): boolean {
  const { recipe } = settings;
  return !isAuto && (recipe === undefined || isTrained(resolveRecipe(recipe).family));
}

/**
 * @throws SchemaError when the column to predict is none of the schema, or of rows of sequences no
 * attribute.
 */
export function checkGateTarget(schema: Schema, { target }: GatePlan): void {
  const names = schema.fields.map(({ name }) => name);
  if (!names.includes(target)) {
    throw new SchemaError(
      `gate.target '${target}' does not exist: the columns are ${names.join(', ')}`,
    );
  }
  const layout = isGrouped(schema) ? readSequenceLayout(schema) : undefined;
  if (!layout || !isOfSequences(target, layout)) return;
  const attributes = names.filter((name) => !isOfSequences(name, layout));
  throw new SchemaError(
    `gate.target '${target}' is no attribute of sequences, which has one value in each: ` +
      `${layout.by.includes(target) ? 'it names them' : 'it varies within them'}. ` +
      (attributes.length > 0
        ? `Give one: ${attributes.join(', ')}`
        : 'There is none. Leave the gate out'),
  );
}

/** Whether a column is one of what sequences hold, or what names them. */
function isOfSequences(name: string, { by, lists }: SequenceLayout): boolean {
  return by.includes(name) || lists.includes(name);
}

/** Refuses what the makers that 'auto' tries cannot make. @throws InvalidOptionError */
export function checkIsTable({ fields }: Schema): void {
  const field = fields.find(holdsPictures);
  if (!field) return;
  throw new InvalidOptionError(
    `recipe 'auto' chooses among makers of tables, and column '${field.name}' holds images or sounds. ` +
      'Name a recipe',
  );
}
