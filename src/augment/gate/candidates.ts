import type { RecipeName } from '../../gan/families/recipe-option.js';
import type { AugmentPlan } from '../augment-plan.js';
import { scaleRatios } from '../mixing/shares.js';
import type { Candidate } from './candidate.js';

/** Name of the arm that SMOTE-NC has where it is only compared with. */
export const smoteArm = "recipe 'smote-nc' with balanced classes";

/** Shares of the wanted ratio that are tried. */
const factors = [1, 0.5, 0.25];

/** A maker among which 'auto' chooses, and whether a model of the real rows has to agree with its rows. */
interface Maker {
  readonly recipe: RecipeName;
  readonly isAgreed: boolean;
  /** Real rows from which on it is tried. */
  readonly from: number;
}

/** Rows of real ones, or between them, are of their class; of others some are not. */
const makers: readonly Maker[] = [
  { recipe: 'smote-nc', isAgreed: false, from: 0 },
  { recipe: 'bootstrap', isAgreed: false, from: 0 },
  { recipe: 'copula', isAgreed: true, from: 0 },
  // Of fewer rows networks seldom make the best, and take their time.
  { recipe: 'autoregressive', isAgreed: true, from: 2000 },
  { recipe: 'tabular', isAgreed: true, from: 2000 },
];

/** Shares of the rows that make all classes equally frequent. */
const balances = [1, 1 / 3];

/** What the user asks for, and less of it. */
export function lessOfIt({
  ratio,
  conditions,
}: Pick<AugmentPlan, 'ratio' | 'conditions'>): Candidate[] {
  return factors.map((factor) => {
    const own = scaleRatios(ratio, factor);
    const scaled = conditions && {
      ...conditions,
      ...(typeof own === 'number' ? { ratio: own } : {}),
    };
    return { name: `${factor}`, ratio: own, conditions: scaled };
  });
}

/**
 * Makers, each with classes balanced and less than balanced, at most at the ratio asked for; with
 * what the user asks for instead, where that says what rows are to be like.
 *
 * @param counts Rows of each class of the target; none if it is a number.
 */
export function ofAllMakers(
  { ratio, conditions }: Pick<AugmentPlan, 'ratio' | 'conditions'>,
  target: string,
  counts: readonly number[],
): Candidate[] {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const isClass = counts.length > 1;
  const isFixed = conditions !== undefined || typeof ratio !== 'number' || !isClass;
  const tried = makers.filter(({ from }) => rows >= from);
  return tried.flatMap(({ recipe, ...maker }): Candidate[] => {
    const isAgreed = maker.isAgreed && isClass;
    if (isFixed) {
      const all = lessOfIt({ ratio, conditions }).slice(0, 2);
      return all.map((own) => ({ ...own, recipe, isAgreed, name: `${recipe} ${own.name}` }));
    }
    return balancedRatios(ratio, counts).map((own) => ({
      name: `${recipe} ${own}`,
      recipe,
      ratio: own,
      conditions: { balance: target, ratio: own },
      balance: target,
      isAgreed,
    }));
  });
}

/**
 * What others would do: classes balanced by SMOTE-NC, in each stream that has classes. Not mixed in.
 *
 * @param counts Rows of each class of the target; none if it is a number.
 */
export function baselines(target: string, counts: readonly number[]): Candidate[] {
  const [ratio] = counts.length > 1 ? balancedRatios(1, counts) : [];
  if (ratio === undefined) return [];
  const conditions = { balance: target, ratio };
  return [{ name: smoteArm, recipe: 'smote-nc', ratio, conditions }];
}

/** Shares of the output that balance classes wholly and partly; of classes that are balanced, some rows more. */
function balancedRatios(ratio: number, counts: readonly number[]): number[] {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const missing = counts.length * Math.max(...counts) - rows;
  const shares = balances.map((share) => {
    const added = Math.max(share * missing, 0.1 * rows);
    return Math.min(ratio, Math.floor((1000 * added) / (rows + added)) / 1000);
  });
  return [...new Set(shares)].filter((share) => share > 0);
}
