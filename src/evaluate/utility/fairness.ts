import { type CategoricalColumn, columnNamed, type Rows } from '../../columns/column.js';
import { finite, meanOf } from '../../columns/statistics.js';
import { InvalidOptionError, SchemaError } from '../../errors.js';
import { type Estimate, estimate } from './estimate.js';
import { knownExamples, type Target } from './target.js';

/** How a model treats the rows of one group: means over its trainings; null without such rows. */
export interface GroupRates {
  /** A level of the column of groups. */
  readonly group: string;
  /** Held-out rows of the group. */
  readonly rows: number;
  /** Share of them that is of the positive class. */
  readonly baseRate: number | null;
  /** Share that the model takes for it. */
  readonly selectionRate: number | null;
  /** Of those that are of it, the share that the model takes for it. */
  readonly truePositiveRate: number | null;
  /** Of the others, the share that the model takes for it. */
  readonly falsePositiveRate: number | null;
}

/** How differently a model treats groups. */
export interface GroupTreatment {
  /** The rates of each group. */
  readonly groups: readonly GroupRates[];
  /** The highest selection rate of a group less the lowest: 0 is demographic parity. */
  readonly demographicParityDifference: Estimate;
  /** The same of the true or of the false positive rates, whichever is larger: 0 is equalised odds. */
  readonly equalizedOddsDifference: Estimate;
}

/** A group in one table. */
export interface GroupShare {
  /** Share of the rows that is of the group. */
  readonly share: number;
  /** Share of these that is of the positive class; null without such rows. */
  readonly baseRate: number | null;
}

/** A group in real and in synthetic rows. */
export interface GroupShares {
  /** A level of the column of groups. */
  readonly group: string;
  /** Among real rows. */
  readonly real: GroupShare;
  /** Among synthetic rows. */
  readonly synthetic: GroupShare;
}

/** How groups are represented in synthetic rows, and treated by models that learn from them. Plain JSON. */
export interface Fairness {
  /** The column of groups. */
  readonly column: string;
  /** The class that rates are about. */
  readonly positive: string;
  /** How groups are represented. */
  readonly shares: readonly GroupShares[];
  /** By what the model was trained on; it sees the column of groups as any other. */
  readonly trainedOn: Readonly<Record<'real' | 'synthetic' | 'augmented', GroupTreatment>>;
}

/** What a model took held-out rows for, of each training: a class a row. */
export type Taken = Readonly<Record<keyof Fairness['trainedOn'], readonly Int32Array[]>>;

/** Groups that are told apart, by falling frequency; the others are one. */
const mostGroups = 12;

/** Rows that a group needs among the held-out ones to count for the differences. */
const leastRows = 10;

const otherGroups = '(other)';
const noGroup = '(null)';

/**
 * Refuses what cannot be measured by group, before anything is trained.
 *
 * @throws SchemaError for a column that is not there, or holds no categories; InvalidOptionError for a
 * target that is no choice of two.
 */
export function checkFairness(column: string, rows: Rows, target: Target): void {
  const found = rows.columns.find(({ name }) => name === column);
  if (!found) {
    const names = rows.columns.map(({ name }) => name).join(', ');
    throw new SchemaError(`fairness '${column}' is no column that is compared: ${names}`);
  }
  if (found.kind === 'numeric') {
    throw new SchemaError(
      `fairness '${column}' holds numbers, which are no groups. Cut them into groups, or have them ` +
        "compared as 'categorical'",
    );
  }
  if (column === target.name) {
    throw new InvalidOptionError(`fairness '${column}' is the target itself. Name another column`);
  }
  if (target.positive !== undefined) return;
  throw new InvalidOptionError(
    `fairness needs a target of two classes, and '${target.name}' is none. Name one, or leave fairness out`,
  );
}

/**
 * Measures groups of a column: their shares and base rates in real and synthetic rows, and how the trained
 * models treat them on held-out rows, by demographic parity (Dwork et al. 2012, arXiv 1104.3913) and
 * equalised odds (Hardt et al. 2016, arXiv 1610.02413), as differences of the extreme groups. Groups of
 * fewer than 10 held-out rows are shown, but do not count for the differences, which are null where fewer than
 * two count.
 *
 * @param taken What each training took the held-out rows with a known target for, in their order.
 */
export function measureFairness(
  column: string,
  target: Target,
  tables: Readonly<Record<'real' | 'synthetic' | 'holdout', Rows>>,
  taken: Taken,
): Fairness {
  const { groups, groupOf } = groupsOf(columnNamed(tables.real, column) as CategoricalColumn);
  const positive = target.positive as number;
  const membersOf = (rows: Rows) => {
    const { known, target: truth } = knownExamples(rows, target);
    const codes = (columnNamed(rows, column) as CategoricalColumn).codes;
    return { truth, group: Array.from(known, (row) => groupOf(codes[row] as number)) };
  };
  const held = membersOf(tables.holdout);
  const treatment = (trainings: readonly Int32Array[]) =>
    treatmentOf(groups, held, trainings, positive);
  const [real, synthetic] = [membersOf(tables.real), membersOf(tables.synthetic)];
  return {
    column,
    positive: target.classes[positive] as string,
    shares: groups.map((group, k) => ({
      group,
      real: shareOf(real, k, positive),
      synthetic: shareOf(synthetic, k, positive),
    })),
    trainedOn: {
      real: treatment(taken.real),
      synthetic: treatment(taken.synthetic),
      augmented: treatment(taken.augmented),
    },
  };
}

/** The most frequent levels as groups, and which one a code is of. */
function groupsOf({ codes, levels }: CategoricalColumn) {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const byFrequency = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const own = byFrequency.slice(0, mostGroups).map(([code]) => code);
  const places = new Map(own.map((code, k) => [code, k]));
  const groups = [...own.map((code) => levels[code] ?? noGroup), otherGroups];
  return { groups, groupOf: (code: number) => places.get(code) ?? own.length };
}

/** Rows by their class and group. */
interface Members {
  readonly truth: Float64Array;
  readonly group: readonly number[];
}

function shareOf({ truth, group }: Members, wanted: number, positive: number): GroupShare {
  let [rows, positives] = [0, 0];
  for (const [row, own] of group.entries()) {
    if (own !== wanted) continue;
    rows++;
    positives += +(truth[row] === positive);
  }
  return { share: rows / Math.max(truth.length, 1), baseRate: ratio(positives, rows) };
}

/** Counts of a group: of both classes, and of those that were taken for the positive one. */
interface GroupCounts {
  positives: number;
  negatives: number;
  hits: number;
  alarms: number;
}

function treatmentOf(
  groups: readonly string[],
  { truth, group }: Members,
  trainings: readonly Int32Array[],
  positive: number,
): GroupTreatment {
  const counted = trainings.map((taken) => {
    const counts = groups.map(
      (): GroupCounts => ({ positives: 0, negatives: 0, hits: 0, alarms: 0 }),
    );
    for (const [row, own] of group.entries()) {
      const count = counts[own] as GroupCounts;
      const isTaken = +(taken[row] === positive);
      if (truth[row] === positive) {
        count.positives++;
        count.hits += isTaken;
      } else {
        count.negatives++;
        count.alarms += isTaken;
      }
    }
    return counts;
  });
  const rowsOf = ({ positives, negatives }: GroupCounts) => positives + negatives;
  const large = groups.flatMap((_, k) =>
    counted[0] && rowsOf(counted[0][k] as GroupCounts) >= leastRows ? [k] : [],
  );
  const spread = (rate: (counts: GroupCounts) => number | null) =>
    counted.map((counts) => spreadOf(large.map((k) => rate(counts[k] as GroupCounts))));
  const [tpr, fpr] = [spread(truePositives), spread(falsePositives)];
  return {
    groups: groups.flatMap((name, k) => {
      const own = counted.map((counts) => counts[k] as GroupCounts);
      const rows = own[0] ? rowsOf(own[0]) : 0;
      if (rows === 0) return [];
      const mean = (rate: (counts: GroupCounts) => number | null) => meanOf(own.map(rate));
      return [
        {
          group: name,
          rows,
          baseRate: mean((counts) => ratio(counts.positives, rowsOf(counts))),
          selectionRate: mean(selected),
          truePositiveRate: mean(truePositives),
          falsePositiveRate: mean(falsePositives),
        },
      ];
    }),
    demographicParityDifference: estimate(spread(selected)),
    equalizedOddsDifference: estimate(tpr.map((one, k) => largest(one, fpr[k]))),
  };
}

const selected = ({ positives, negatives, hits, alarms }: GroupCounts) =>
  ratio(hits + alarms, positives + negatives);
const truePositives = ({ positives, hits }: GroupCounts) => ratio(hits, positives);
const falsePositives = ({ negatives, alarms }: GroupCounts) => ratio(alarms, negatives);

function ratio(count: number, of: number): number | null {
  return finite(count / of);
}

/** The greatest less the least of what is known; undefined for fewer than two. */
function spreadOf(rates: readonly (number | null)[]): number | undefined {
  const known = rates.filter((rate) => rate !== null);
  return known.length < 2 ? undefined : Math.max(...known) - Math.min(...known);
}

function largest(first: number | undefined, second: number | undefined): number | undefined {
  const known = [first, second].filter((each) => each !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
