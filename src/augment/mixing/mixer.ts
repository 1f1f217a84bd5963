import type { RecordBatch, Schema } from 'apache-arrow';
import { rebindBatch } from '../../data/batches/batch.js';
import type { ConditionReport } from '../../gan/conditions/options.js';
import type { Model } from '../../gan/model/model.js';
import type { AugmentDependencies } from '../dependencies.js';
import type { EmitEvent } from '../emit-event.js';
import type { ReadyModel } from '../fitting/prepare-model.js';
import type { AugmentOptions } from '../options.js';
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

/** What a mixer works between. */
export interface MixerOptions {
  readonly dependencies: AugmentDependencies;
  /** The schema of the real batches, and that of what comes out. */
  readonly input: Schema;
  readonly output: Schema;
  readonly options: AugmentOptions;
  readonly outcome: OutcomeSoFar;
  readonly emit: EmitEvent | undefined;
}

/** A mixer that passes real rows on, marked if that is asked for, until it is given a model. */
export function createMixer(given: MixerOptions): Mixer {
  const { input, output, options, outcome, emit } = given;
  const { mark } = options;
  const adapt = (batch: RecordBatch, synthetic: boolean) =>
    mark === undefined ? rebindBatch(output, batch) : markBatch(output, batch, synthetic);
  let planner: Planner | undefined;
  let supply: SyntheticSource | undefined;
  let used: Model | undefined;
  let planned: string | undefined;
  const count = (batch: RecordBatch, synthetic: number) => {
    const real = batch.numRows - synthetic;
    outcome.realRows += real;
    outcome.syntheticRows += synthetic;
    const { realRows, syntheticRows } = outcome;
    emit?.({ type: 'batch-mixed', real, synthetic, realRows, syntheticRows });
    return batch;
  };
  let lastEmitted = 0;
  const countRejected = () => {
    const { rejected } = outcome;
    const dropped = rejected ? rejected.copies + rejected.close : 0;
    if (rejected && dropped !== lastEmitted) emit?.({ type: 'rows-rejected', ...rejected });
    lastEmitted = dropped;
  };
  return {
    async use({ model, ratio, filter }) {
      const shares = createShares(ratio);
      await supply?.dispose();
      supply = undefined;
      if (!shares.isZero) {
        const chunk = (batch: RecordBatch) => adapt(rebindBatch(input, batch), true);
        supply = await openSyntheticSource({ ...given, model, shares, filter, adapt: chunk });
      }
      // Another ratio, from the gate, counts from here.
      if (!planner || JSON.stringify(ratio) !== planned) {
        planner = createPlanner(input, shares, options);
        planned = JSON.stringify(ratio);
      }
      const { fingerprint } = model.manifest.training;
      const realRows = outcome.realRows + outcome.replacedRows;
      const place = { ...(fingerprint === undefined ? {} : { fingerprint }), realRows };
      used = supply && model;
      if (!supply) return;
      outcome.models.push({ id: model.id, ...place });
      emit?.({ type: 'mixing-started', model: model.id, ...place });
    },
    async *mix(batch, signal) {
      const own = adapt(batch, false);
      if (!planner || !supply) return yield count(own, 0);
      let kept = 0;
      for (const part of planner(batch)) {
        signal.throwIfAborted();
        const mixed =
          part.due === 0 && part.runs.rows === batch.numRows
            ? own
            : mixPart(output, own, await supply.take(part), part.runs);
        kept += mixed.numRows - part.due;
        countRejected();
        yield count(mixed, part.due);
      }
      outcome.replacedRows += batch.numRows - kept;
    },
    model: () => used,
    conditions: () => supply?.conditions(),
    dispose: async () => supply?.dispose(),
  };
}
