import type { Column, Rows } from '../../../columns/column.js';
import { joinRows, takeRows } from '../../../columns/select.js';
import type { Random } from '../../../random.js';
import { yieldToEventLoop } from '../../../threads/abortable.js';
import { trainBoosting } from '../../models/boosting/boosting.js';
import { rank } from '../../scores/ranking.js';
import { nearestDistances } from '../closest-distances.js';
import { type AttackScore, scoreAttack } from './attack-score.js';

/** Ways to tell whether a row was trained on, from synthetic rows alone. */
export const membershipAttacks = ['distance', 'density', 'boosting'] as const;

/** Name of a membership attack. */
export type MembershipAttack = (typeof membershipAttacks)[number];

/** How well each attack does. */
export type Membership = Readonly<Record<MembershipAttack, AttackScore>>;

/** Nearest synthetic rows whose distances are looked at. */
const neighbours = 5;

/** Of so many rows that are not members one is known to the attacker; the others are attacked. */
const known = 3;

/** Rows whose distances are taken before events have their turn. */
const pieceRows = 100;

/**
 * Attacks the members of a training set by three means:
 *
 * - `distance`: the nearer the closest synthetic row, the more likely a member (DCR).
 * - `density`: the denser synthetic rows lie about a row next to other real rows, the likelier (DOMIAS,
 *   with the distance to the nearest row as the density, which a single copy raises).
 * - `boosting`: trees that learn from half of the rows, whose membership the attacker knows, what these
 *   distances say of the other half.
 *
 * For the last two every third of the other rows is the attacker's own knowledge of real rows, and not
 * attacked: a row that is both would be known by its distance. Distances are Gower's, over the ranges
 * of the synthetic rows.
 *
 * Sources: Chen et al. 2020, GAN-Leaks; van Breugel et al. 2023, Membership Inference Attacks against
 * Synthetic Data through Overfitting Detection.
 *
 * @param others Real rows that were not trained on.
 */
export async function attackMembership(
  members: Rows,
  others: Rows,
  synthetic: Rows,
  random: Random,
  signal?: AbortSignal,
): Promise<Membership> {
  const isKnown = (row: number) => row % known === known - 1;
  const reference = pick(others, isKnown);
  const attacked = pick(others, (row) => !isKnown(row));
  const distances = (rows: Rows, from: Rows, count: number) =>
    nearestInPieces(rows, from, count, synthetic, signal);
  const see = async (rows: Rows): Promise<Seen> => ({
    rows: rows.length,
    toSynthetic: await distances(rows, synthetic, neighbours),
    toReference: await distances(rows, reference, 1),
  });
  const seen = { members: await see(members), others: await see(attacked) };
  const toAll = await distances(others, synthetic, 1);
  const learned = learnHalves(seen);
  const closeness = (all: Float64Array) => all.map((distance) => -distance);
  return {
    distance: scoreAttack(
      closeness(nth(seen.members, 0)),
      closeness(toAll),
      random.fork('distance'),
    ),
    density: scoreAttack(
      densityRatio(seen.members),
      densityRatio(seen.others),
      random.fork('density'),
    ),
    boosting: scoreAttack(learned.members, learned.others, random.fork('boosting')),
  };
}

/** The best attack, by its AUC. */
export function strongestAttack(membership: Membership): { name: MembershipAttack } & AttackScore {
  return membershipAttacks
    .map((name) => ({ name, ...membership[name] }))
    .reduce((best, own) => ((own.auc.value ?? 0) > (best.auc.value ?? 0) ? own : best));
}

/** What an attacker sees of some rows. */
interface Seen {
  readonly rows: number;
  /** Distances to the nearest synthetic rows, [rows, neighbours]. */
  readonly toSynthetic: Float64Array;
  /** Distances to the nearest real row that is known, [rows]. */
  readonly toReference: Float64Array;
}

type BySide<Value> = Readonly<Record<'members' | 'others', Value>>;

function pick(rows: Rows, isWanted: (row: number) => boolean): Rows {
  return takeRows(rows, Int32Array.from({ length: rows.length }, (_, row) => row).filter(isWanted));
}

async function nearestInPieces(
  rows: Rows,
  from: Rows,
  count: number,
  ranged: Rows,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const all = new Float64Array(rows.length * count);
  for (let start = 0; start < rows.length; start += pieceRows) {
    await yieldToEventLoop(signal);
    const length = Math.min(pieceRows, rows.length - start);
    const piece = takeRows(
      rows,
      Int32Array.from({ length }, (_, k) => start + k),
    );
    all.set(nearestDistances(piece, from, count, ranged), start * count);
  }
  return all;
}

/** Distances to the nearest synthetic row but so many. */
function nth({ rows, toSynthetic }: Seen, place: number): Float64Array {
  return Float64Array.from(
    { length: rows },
    (_, row) => toSynthetic[row * neighbours + place] as number,
  );
}

/** In [0, 1] and rising with the quotient of the densities; ½ where a row is equal to both. */
function densityRatio(seen: Seen): Float64Array {
  return nth(seen, 0).map((own, row) => {
    const other = seen.toReference[row] as number;
    return own === other ? 0.5 : other / (own + other);
  });
}

/** What trees that have learned of one half say of the other, and the other way round. */
function learnHalves(seen: BySide<Seen>): BySide<Float64Array> {
  const features = { members: featuresOf(seen.members), others: featuresOf(seen.others) };
  const scores = {
    members: new Float64Array(seen.members.rows),
    others: new Float64Array(seen.others.rows),
  };
  for (const parity of [0, 1]) {
    const half = (own: Rows, which: number) => pick(own, (row) => row % 2 === which);
    const learning = half(features.members, 1 - parity);
    const predict = trainBoosting(
      {
        features: joinRows(learning, half(features.others, 1 - parity)),
        target: membershipOf(learning.length, half(features.others, 1 - parity).length),
      },
      { kind: 'classification', classes: 2 },
      { rounds: 50, maximumLeaves: 8, minimumLeafRows: 10 },
    );
    const asked = half(features.members, parity);
    const chances = predict(joinRows(asked, half(features.others, parity)));
    // As ranks: no two halves know the same scale.
    const ranks = midranks(chances.filter((_, k) => k % 2 === 1));
    for (const [k, share] of ranks.entries()) {
      const isMember = k < asked.length;
      const row = 2 * (isMember ? k : k - asked.length) + parity;
      (isMember ? scores.members : scores.others)[row] = share;
    }
  }
  return scores;
}

const membershipOf = (members: number, others: number) =>
  Float64Array.from({ length: members + others }, (_, row) => +(row < members));

/** Each of the distances and what they make together, as columns. */
function featuresOf(seen: Seen): Rows {
  const features: Record<string, Float64Array> = {
    ...Object.fromEntries(
      Array.from({ length: neighbours }, (_, k) => [`synthetic ${k}`, nth(seen, k)]),
    ),
    reference: seen.toReference,
    density: densityRatio(seen),
  };
  const columns = Object.entries(features).map(
    ([name, values]): Column => ({ kind: 'numeric', name, values, temporal: false }),
  );
  return { length: seen.rows, columns };
}

/** The share of the values that are below each one, ties half: in [0, 1]. */
function midranks(values: Float64Array): Float64Array {
  const { order, ends } = rank(values);
  const shares = new Float64Array(values.length);
  let start = 0;
  for (const end of ends) {
    for (const row of order.subarray(start, end)) {
      shares[row] = 1 - (start + end) / 2 / values.length;
    }
    start = end;
  }
  return shares;
}
