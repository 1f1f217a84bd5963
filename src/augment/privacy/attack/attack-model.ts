import type { RecordBatch } from 'apache-arrow';
import { readTogether } from '../../../columns/read.js';
import { withThumbnails } from '../../../columns/thumbnails.js';
import { DataError } from '../../../errors.js';
import {
  attackRows,
  drawAttacked,
  leastAttacked,
} from '../../../evaluate/privacy/attacks/measure-attacks.js';
import { attackMembership, strongestAttack } from '../../../evaluate/privacy/attacks/membership.js';
import { windowStatistics } from '../../../evaluate/sequence/window-statistics.js';
import type { MeasuredAttack } from '../../../gan/model/measured-attack.js';
import type { Model } from '../../../gan/model/model.js';
import type { openChunks } from '../../../gan/sampling/open-chunks.js';
import type { SamplingTarget } from '../../../gan/sampling/sampling-target.js';
import { createRandom, type Seed } from '../../../random.js';
import { runCooperatively } from '../../../threads/run-cooperatively.js';
import { type HoldoutSplit, splitHoldout } from '../../fitting/split-holdout.js';

/** Share of the rows that is held out to attack a model. */
const heldOut = 0.2;

/** Synthetic rows for each row that was learned, at most: an attacker may have asked for many. */
const madePerRow = 10;

/**
 * Holds a fifth of the rows out, drawn by the seed.
 *
 * @throws DataError where these are too few to measure anything.
 */
export async function splitForAttack(
  batches: readonly RecordBatch[],
  seed: Seed,
  signal: AbortSignal | undefined,
): Promise<HoldoutSplit> {
  const random = createRandom(seed).fork('attack');
  const split = await runCooperatively(splitHoldout(batches, heldOut, random), signal);
  const count = split.holdout.reduce((sum, { numRows }) => sum + numRows, 0);
  if (count >= leastAttacked) return split;
  throw new DataError(
    `there are too few rows to hold some out for privacy.attack or a report: ${count} would be, and ${leastAttacked} are ` +
      `needed. Give about ${(1.5 * leastAttacked) / heldOut} rows, or leave it out`,
  );
}

/** How the rows of a model are made to be attacked. */
export interface AttackInput {
  readonly open: typeof openChunks;
  readonly sampling: SamplingTarget;
  readonly seed: Seed;
}

/** Attacks a model by rows that it was trained on and rows that were held out; its rows are drawn anew. */
export async function attackModel(
  model: Model,
  { training, holdout }: HoldoutSplit,
  { open, sampling, seed }: AttackInput,
  signal: AbortSignal | undefined,
): Promise<MeasuredAttack> {
  const learned = training.reduce((sum, { numRows }) => sum + numRows, 0);
  const made = await sample(
    model,
    Math.max(Math.min(madePerRow * learned, attackRows.synthetic), leastAttacked),
    { open, sampling, seed },
    signal,
  );
  const { rows } = readTogether({ members: training, others: holdout, synthetic: made });
  const random = createRandom(seed).fork('attack');
  const described = {
    members: windowStatistics(rows.members),
    others: windowStatistics(rows.others),
    synthetic: windowStatistics(rows.synthetic),
  };
  const drawn = drawAttacked(described, random);
  const [members, others, synthetic] = [drawn.members, drawn.others, drawn.synthetic].map(
    withThumbnails,
  ) as [typeof drawn.members, typeof drawn.others, typeof drawn.synthetic];
  const membership = await attackMembership(members, others, synthetic, random, signal);
  const { name, auc } = strongestAttack(membership);
  const [value, low, high] = [auc.value, auc.low, auc.high].map((share) => share ?? 1) as [
    number,
    number,
    number,
  ];
  const counts = {
    members: members.length,
    others: others.length,
    synthetic: synthetic.length,
  };
  return { name, auc: value, low, high, rows: counts };
}

async function sample(
  model: Model,
  rows: number,
  { open, sampling, seed }: AttackInput,
  signal: AbortSignal | undefined,
): Promise<RecordBatch[]> {
  const stream = { seed: `attack ${seed}`, partition: 0, conditions: undefined };
  const chunks = await open(model, stream, sampling);
  try {
    const made: RecordBatch[] = [];
    for (let count = 0; count < rows; count += made.at(-1)?.numRows ?? rows) {
      signal?.throwIfAborted();
      made.push(await chunks.next());
    }
    return made;
  } finally {
    await chunks.dispose();
  }
}
