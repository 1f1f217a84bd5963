import type { RecordBatch } from 'apache-arrow';
import { type Model, withAttack } from '../../../gan/model/model.js';
import type { EmitEvent } from '../../emit-event.js';
import type { HoldoutSplit } from '../../fitting/split-holdout.js';
import { assertPrivate } from './assert-private.js';
import { type AttackInput, attackModel, splitForAttack } from './attack-model.js';

/** How a model is attacked, and who is told. */
export interface AttackedFit extends AttackInput {
  /** Highest AUC of an attack; undefined where none is made, and all rows are learned. */
  readonly most: number | undefined;
  readonly emit: EmitEvent | undefined;
  /** Told of the model, the rows that were learned and those that were held out; without it none are but for an attack. */
  readonly onFitted?: ((model: Model, split: HoldoutSplit) => void) | undefined;
}

/**
 * Trains on all rows but a fifth, which is held out, attacks the model by these, and keeps in it what came of it.
 *
 * @param train Trains on rows.
 * @throws PrivacyError for a model that tells too much; DataError for too few rows.
 */
export async function fitAttacked(
  train: (rows: readonly RecordBatch[]) => Promise<Model>,
  batches: readonly RecordBatch[],
  { most, emit, onFitted, ...input }: AttackedFit,
  signal: AbortSignal | undefined,
): Promise<Model> {
  if (most === undefined && !onFitted) return train(batches);
  const split = await splitForAttack(batches, input.seed, signal);
  const model = await train(split.training);
  if (most === undefined) {
    onFitted?.(model, split);
    return model;
  }
  const attack = await attackModel(model, split, input, signal);
  emit?.({ type: 'attacked', ...attack });
  const described = withAttack(model, attack);
  assertPrivate(described, most);
  onFitted?.(described, split);
  return described;
}
