import type { RecordBatch, Schema } from 'apache-arrow';
import { rebindBatch } from '../../data/batches/batch.js';
import type { ConditionReport } from '../../gan/conditions/options.js';
import type { Model } from '../../gan/model/model.js';
import { translationOf } from '../../gan/sampling/translation.js';
import { untilAborted } from '../../threads/abortable.js';
import type { AugmentContext, ReadyModel } from '../augment-context.js';
import { eligibleRows } from '../plan/eligible-rows.js';
import { createPlanner, type Planner } from '../plan/planner.js';
import type { OutcomeSoFar } from '../provenance/outcome.js';
import { markBatch } from './mark.js';
import { mixPart } from './mix.js';
import { createShares } from './shares.js';
import { openSyntheticSource, type SyntheticSource } from './synthetic-source.js';

/** Puts synthetic rows among the real ones, batch by batch. */
export interface Mixer {
  /** Takes rows of this model from the next batch on: at first, or instead of those of another. */
  use(ready: ReadyModel): Promise<void>;
  /** The model whose rows are mixed in, if there is one. */
  model(): Model | undefined;
  /** The batch with the synthetic rows that it makes due: one batch, or several if they are many. */
  mix(batch: RecordBatch, signal: AbortSignal): AsyncGenerator<RecordBatch, void, undefined>;
  /** How well the synthetic rows so far met their conditions, where they have any. */
  conditions(): ConditionReport | undefined;
  dispose(): Promise<void>;
}

/**
 * A mixer that passes real rows on, marked if that is asked for, until it is given a model.
 *
 * @param output The schema of what comes out.
 */
export function createMixer(context: AugmentContext, output: Schema): Mixer {
  const { schema, plan, outcome, emit } = context;
  const { mark, seed } = plan;
  const bind = (batch: RecordBatch, synthetic: boolean) =>
    mark === undefined
      ? rebindBatch(output, batch)
      : markBatch(output, rebindBatch(schema, batch), synthetic);
  const count = createCounter(context);
  let planner: Planner | undefined;
  let plannedRatio: string | undefined;
  let source: SyntheticSource | undefined;
  let used: Model | undefined;

  const announce = (model: Model) => {
    const { fingerprint } = model.manifest.training;
    const realRows = outcome.realRows + outcome.replacedRows;
    const since = { ...(fingerprint === undefined ? {} : { fingerprint }), realRows };
    outcome.models.push({ id: model.id, ...since });
    emit?.({ type: 'mixing-started', model: model.id, ...since });
  };

  return {
    async use({ model, ratio, filter, agree, conditions = plan.conditions }) {
      const shares = createShares(ratio);
      await source?.dispose();
      source = undefined;
      if (model && !shares.isZero) {
        const synthetic = {
          plan: { ...plan, conditions },
          model,
          shares,
          filter,
          agree,
          seed,
          bind: (chunk: RecordBatch) => bind(chunk, true),
        };
        source = await openSyntheticSource({ ...context, ...synthetic });
      }
      // Another ratio, from the gate, counts from here.
      if (!planner || JSON.stringify(ratio) !== plannedRatio) {
        const translation = model && translationOf(model, plan.translate);
        const eligible = translation && eligibleRows(schema, translation);
        planner = createPlanner(schema, shares, { ...plan, eligible });
        plannedRatio = JSON.stringify(ratio);
      }
      used = source && model;
      if (used) announce(used);
    },
    async *mix(batch, signal) {
      const real = bind(batch, false);
      if (!planner || !source) return yield count(real, 0);
      let kept = 0;
      for (const part of planner(batch)) {
        signal.throwIfAborted();
        const isWhole = part.due === 0 && part.runs.rows === batch.numRows;
        const mixed = isWhole
          ? real
          : mixPart(output, real, await untilAborted(source.take(part, batch), signal), part.runs);
        kept += mixed.numRows - part.due;
        yield count(mixed, part.due);
      }
      outcome.replacedRows += batch.numRows - kept;
    },
    model: () => used,
    conditions: () => source?.conditions(),
    dispose: async () => source?.dispose(),
  };
}

/** Counts the rows of output batches into the outcome, and emits what there is to tell of them. */
function createCounter({ outcome, emit }: Pick<AugmentContext, 'outcome' | 'emit'>) {
  let lastEmitted = 0;
  let lastAsked = 0;
  return (batch: RecordBatch, synthetic: number): RecordBatch => {
    const real = batch.numRows - synthetic;
    outcome.realRows += real;
    outcome.syntheticRows += synthetic;
    const rejected = rejectedRows(outcome);
    if (outcome.rejected && rejected !== lastEmitted) {
      emit?.({ type: 'rows-rejected', ...outcome.rejected });
    }
    lastEmitted = rejected;
    if (outcome.agreed && outcome.agreed.seen !== lastAsked) {
      emit?.({ type: 'rows-agreed', ...outcome.agreed });
      lastAsked = outcome.agreed.seen;
    }
    const { realRows, syntheticRows } = outcome;
    emit?.({ type: 'batch-mixed', real, synthetic, realRows, syntheticRows });
    return batch;
  };
}

function rejectedRows({ rejected }: OutcomeSoFar): number {
  return rejected ? rejected.copies + rejected.close : 0;
}
