import type { RecordBatch } from 'apache-arrow';
import type { ArmComparison, ArmFold } from '../../evaluate/utility/arm.js';
import { isPast } from '../../evaluate/utility/is-past.js';
import type { Model } from '../../gan/model/model.js';
import { translationOf } from '../../gan/sampling/translation.js';
import { omit } from '../../options/omit.js';
import type { Seed } from '../../random.js';
import { createAgreement } from '../agree/create-agreement.js';
import type { AugmentContext } from '../augment-context.js';
import type { GatePlan } from '../augment-plan.js';
import { settingsFor } from '../fitting/settings-for.js';
import { type BatchSlice, cutSlice } from '../mixing/batch-slice.js';
import { createShares } from '../mixing/shares.js';
import { type AgreeWith, openSyntheticSource } from '../mixing/synthetic-source.js';
import { eligibleRows } from '../plan/eligible-rows.js';
import { createPlanner } from '../plan/planner.js';
import type { RowFilter } from '../privacy/reject-rows.js';
import type { Candidate } from './candidate.js';
import type { GateFold } from './gate-folds.js';
import { checkIsSeen, madeColumn, visibleRows } from './visible-columns.js';

/** What is compared, and how. */
export interface CompareInput
  extends Pick<AugmentContext, 'dependencies' | 'schema' | 'plan' | 'emit'> {
  readonly gate: GatePlan;
  readonly rows: readonly RecordBatch[];
  readonly folds: readonly GateFold[];
  readonly candidates: readonly Candidate[];
  /** What is measured beside them, and never mixed in. */
  readonly baselines?: readonly Candidate[];
  /** A model that is there; without it one is fitted to the rows to learn from of each fold. */
  readonly model: Model | undefined;
  readonly filter: RowFilter | undefined;
  /** When the time is up, in ms since 1970; half of what is left is for making rows, at least of one fold. */
  readonly until?: number | undefined;
  /** Trainings of each. */
  readonly seeds: readonly Seed[];
}

/** What each candidate gains over real rows alone. */
export async function compareCandidates(
  input: CompareInput,
  signal: AbortSignal,
): Promise<ArmComparison> {
  const { dependencies, gate, rows, candidates, baselines = [], seeds, emit } = input;
  const { target, thread } = gate;
  const made = madeColumn(input.plan.translate, input.model);
  if (made !== undefined) checkIsSeen(input.schema, made);
  const seen = (batches: readonly RecordBatch[]) =>
    made === undefined ? batches : visibleRows(batches, made);
  const folds: ArmFold[] = [];
  const halfTime = input.until && (Date.now() + input.until) / 2;
  for (const [k, fold] of input.folds.entries()) {
    if (k > 0 && isPast(halfTime)) break;
    const synthetic: Record<string, readonly RecordBatch[]> = {};
    const models = new Map<string, Model>();
    const ratio = candidates[0]?.ratio ?? 0;
    emit?.({ type: 'gate-started', target, ratio, fold: k + 1, folds: input.folds.length });
    for (const candidate of [...candidates, ...baselines]) {
      const key = JSON.stringify(candidate.recipe ?? null);
      const model =
        models.get(key) ??
        (candidate.recipe === undefined ? input.model : undefined) ??
        (await fitFold(input, fold, candidate, signal));
      models.set(key, model);
      synthetic[candidate.name] = seen(await synthesize(input, model, fold, candidate));
    }
    const { repeat, train, test } = fold;
    folds.push({ repeat, train, test, synthetic });
  }
  const compared = await dependencies.compareArms(
    { real: seen(rows), folds, target, seeds, until: input.until, signal },
    thread,
  );
  const namesOf = (all: readonly Candidate[]) => all.map(({ name }) => name);
  const free = { ...compared.free, ...omit(compared.arms, ...namesOf(candidates)) };
  return { ...compared, arms: omit(compared.arms, ...namesOf(baselines)), free };
}

/** What a fit leaves behind or tells of, and conditions, which each candidate has of its own. */
const loudSettings = [
  'checkpoint',
  'resume',
  'pictures',
  'onStep',
  'onEvent',
  'conditions',
] as const;

/** A model of the rows to learn from, without a word: many are fitted. */
function fitFold(
  { dependencies, schema, plan, gate }: CompareInput,
  { training }: GateFold,
  { recipe }: Candidate,
  signal: AbortSignal,
): Promise<Model> {
  const given = omit(plan.fit.settings, ...loudSettings);
  const settings = recipe === undefined ? given : { ...given, target: given.target ?? gate.target };
  return dependencies.fit(schema, training, settingsFor(settings, recipe), signal);
}

/** The synthetic rows that the rows to learn from make due, of a stream of their own. */
async function synthesize(
  input: CompareInput,
  model: Model,
  fold: GateFold,
  { ratio, conditions, isAgreed }: Candidate,
): Promise<RecordBatch[]> {
  const { schema, plan, gate } = input;
  const target = plan.agree ?? gate.target;
  const shares = createShares(ratio);
  const translation = translationOf(model, plan.translate);
  const eligible = translation && eligibleRows(schema, translation);
  const planner = createPlanner(schema, shares, { ...plan, eligible });
  const source = await openSyntheticSource({
    ...input,
    plan: { ...plan, conditions },
    model,
    shares,
    agree:
      (isAgreed ?? plan.agree !== undefined) ? agreeWith(fold, target, plan.fit.seed) : undefined,
    seed: 'gate',
    bind: (chunk) => chunk,
  });
  try {
    const slices: BatchSlice[] = [];
    for (const batch of fold.training) {
      for (const part of planner(batch)) slices.push(...(await source.take(part, batch)));
    }
    return slices.map(cutSlice);
  } finally {
    await source.dispose();
  }
}

/** What rows of a fold are to agree with: a model that has not seen the rows to test on. */
function agreeWith({ training }: GateFold, target: string, seed: Seed): AgreeWith {
  const count = { seen: 0, disagreed: 0, unfiltered: [] };
  return { agrees: createAgreement(training, target, seed), target, count };
}
