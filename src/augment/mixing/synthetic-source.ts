import type { RecordBatch, Schema } from 'apache-arrow';
import type { ConditionReport } from '../../gan/conditions/options.js';
import type { Model } from '../../gan/model/model.js';
import type { Chunks } from '../../gan/sampling/chunks.js';
import type { Seed } from '../../random.js';
import type { AugmentDependencies } from '../dependencies.js';
import { type AugmentOptions, conditionsOf } from '../options.js';
import { createClassifier } from '../plan/classify.js';
import { type RowFilter, rejectRows } from '../privacy/reject-rows.js';
import { createClassRows } from './class-rows.js';
import type { MixPart } from './mix.js';
import type { Shares } from './shares.js';
import { type BatchSlice, createSyntheticRows } from './synthetic-rows.js';

/** Where synthetic rows come from. */
export interface SyntheticSource {
  take(part: Pick<MixPart, 'due' | 'classes'>): Promise<BatchSlice[]>;
  /** How well the rows so far met their conditions, where they have any. */
  conditions(): ConditionReport | undefined;
  dispose(): Promise<void>;
}

/** What a supply is opened for. */
export interface SyntheticSourceOptions {
  readonly dependencies: AugmentDependencies;
  /** The schema of the real rows. */
  readonly input: Schema;
  readonly options: AugmentOptions;
  readonly model: Model;
  readonly shares: Shares;
  /** Drops rows that are not to come out. */
  readonly filter?: RowFilter | undefined;
  /** Default: that of the options. */
  readonly seed?: Seed | undefined;
  readonly adapt: (chunk: RecordBatch) => RecordBatch;
}

/** Opens the synthetic rows of a model, all alike or by class, less those that the filter drops. */
export async function openSyntheticSource(given: SyntheticSourceOptions): Promise<SyntheticSource> {
  const { dependencies, input, options, model, shares, filter, adapt } = given;
  const { partition = 0, sample } = options;
  const seed = given.seed ?? options.seed ?? 0;
  const conditions = conditionsOf(options);
  const opened = await dependencies.openChunks(model, { seed, partition, conditions }, sample);
  const chunks: Chunks = filter ? rejectRows(opened, filter) : opened;
  const classify = createClassifier(input, shares);
  const rest = { conditions: () => opened.report?.(), dispose: () => opened.dispose() };
  if (!classify) {
    const take = createSyntheticRows(chunks, adapt);
    return { take: ({ due }) => take(due), ...rest };
  }
  const take = createClassRows(chunks, classify, shares, adapt);
  return { take: ({ classes = [] }) => take(classes), ...rest };
}
