import type { RecordBatch, Schema } from 'apache-arrow';
import type { Agreement } from '../../evaluate/utility/agreement.js';
import type { ConditionReport } from '../../gan/conditions/options.js';
import type { Model } from '../../gan/model/model.js';
import type { Chunks } from '../../gan/sampling/chunks.js';
import { isTranslating } from '../../gan/sampling/translation.js';
import type { Seed } from '../../random.js';
import type { AgreedRowsSoFar } from '../agree/agreed-rows.js';
import { agreeingChunks } from '../agree/agreeing-chunks.js';
import type { AugmentPlan } from '../augment-plan.js';
import type { AugmentDependencies } from '../dependencies.js';
import { createClassifier } from '../plan/classify.js';
import { type RowFilter, rejectRows } from '../privacy/reject-rows.js';
import type { BatchSlice } from './batch-slice.js';
import { createClassRows } from './class-rows.js';
import { createDerivedRows } from './derived-rows.js';
import type { MixPart } from './mix.js';
import type { Shares } from './shares.js';
import { createSyntheticRows } from './synthetic-rows.js';

/** Where synthetic rows come from. */
export interface SyntheticSource {
  /** @param batch The real batch that the part is of. */
  take(
    part: Pick<MixPart, 'due' | 'classes' | 'ancestorOf'>,
    batch: RecordBatch,
  ): Promise<BatchSlice[]>;
  /** How well the rows so far met their conditions, where they have any. */
  conditions(): ConditionReport | undefined;
  dispose(): Promise<void>;
}

/** What rows are to agree with, and where that is counted. */
export interface AgreeWith {
  readonly agrees: Agreement;
  readonly target: string;
  readonly count: AgreedRowsSoFar;
}

/** What a source of synthetic rows is opened for. */
export interface SyntheticSourceOptions {
  readonly dependencies: AugmentDependencies;
  /** The schema of the real rows. */
  readonly schema: Schema;
  readonly plan: Pick<AugmentPlan, 'partition' | 'conditions' | 'sampling'>;
  readonly model: Model;
  readonly shares: Shares;
  /** Drops rows that are not to come out. */
  readonly filter?: RowFilter | undefined;
  /** Keeps only rows whose class it agrees with. */
  readonly agree?: AgreeWith | undefined;
  readonly seed: Seed;
  /** Binds a chunk to the schema that its rows come out under. */
  readonly bind: (chunk: RecordBatch) => RecordBatch;
}

/**
 * Opens the synthetic rows of a model: made from real ones, all alike or by class, less those that the
 * filter drops.
 */
export async function openSyntheticSource(given: SyntheticSourceOptions): Promise<SyntheticSource> {
  if (isTranslating(given.model)) return openDerivedSource(given);
  const { dependencies, schema, plan, model, shares, filter, agree, seed, bind } = given;
  const { partition, conditions, sampling } = plan;
  const opened = await dependencies.openChunks(model, { seed, partition, conditions }, sampling);
  const left: Chunks = filter ? rejectRows(opened, filter) : opened;
  const chunks = agree ? agreeingChunks(left, agree.agrees, agree.target, agree.count) : left;
  const classify = createClassifier(schema, shares);
  const rest = { conditions: () => opened.report?.(), dispose: () => opened.dispose() };
  if (!classify) {
    const take = createSyntheticRows(chunks, bind);
    return { take: ({ due }) => take(due), ...rest };
  }
  const take = createClassRows(chunks, classify, shares, bind);
  return { take: ({ classes = [] }) => take(classes), ...rest };
}

/** Rows of a model that translates; the class of each is that of the real row, which makes it due. */
async function openDerivedSource(given: SyntheticSourceOptions): Promise<SyntheticSource> {
  const { dependencies, plan, model, seed, bind } = given;
  const { partition, sampling } = plan;
  const translator = await dependencies.openTranslator(model, { seed, partition }, sampling);
  return {
    take: createDerivedRows(translator, bind),
    conditions: () => undefined,
    dispose: () => translator.dispose(),
  };
}
