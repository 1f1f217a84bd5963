import type { Random } from '../../../random.js';
import { type Ranking, rank, rocAuc, sensitivityAt } from '../../scores/ranking.js';
import { bootstrap, type Measured } from './measured.js';

/** How well a membership attack tells rows that a model was trained on from others. */
export interface AttackScore {
  /** Area under the ROC curve: 0.5 is guessing. */
  readonly auc: Measured;
  /** Share of the members that are found where at most 1 % of the others are taken for members. */
  readonly truePositives: Measured;
}

/** Others that are taken for members, at most: what an attack is worth that must not accuse wrongly. */
const falsePositives = 0.01;

/**
 * Scores an attack. Where fewer than 100 others are there, no one of them may be taken for a member.
 *
 * Source: Carlini et al. 2022, Membership Inference Attacks From First Principles.
 *
 * @param members What the attack says of each member: the more, the surer.
 * @param others The same of rows that were not trained on.
 */
export function scoreAttack(
  members: Float64Array,
  others: Float64Array,
  random: Random,
): AttackScore {
  const all = new Float64Array(members.length + others.length);
  all.set(members);
  all.set(others, members.length);
  const ranking = rank(all);
  const isMember = Uint8Array.from(all, (_, row) => +(row < members.length));
  const groups = [members.length, others.length];
  const measure = (
    score: (ranking: Ranking, positive: Uint8Array, weights?: Uint16Array) => number,
    stream: Random,
  ) =>
    bootstrap(
      groups,
      (weights) => score(ranking, isMember, weights && joined(weights, all.length)),
      stream,
    );
  return {
    auc: measure(rocAuc, random.fork('auc')),
    truePositives: measure(
      (...of) => sensitivityAt(falsePositives, ...of),
      random.fork('true positives'),
    ),
  };
}

function joined(weights: readonly Uint16Array[], length: number): Uint16Array {
  const all = new Uint16Array(length);
  let place = 0;
  for (const own of weights) {
    all.set(own, place);
    place += own.length;
  }
  return all;
}
