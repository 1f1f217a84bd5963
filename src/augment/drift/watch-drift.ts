import type { RecordBatch } from 'apache-arrow';
import { sliceBatch } from '../../data/batches/interleave.js';
import { ModelError } from '../../errors.js';
import type { Model } from '../../gan/model/model.js';
import { createRandom } from '../../random.js';
import { yieldToEventLoop } from '../../threads/abortable.js';
import type { AugmentContext } from '../augment-context.js';
import type { DriftPlan } from '../augment-plan.js';
import type { BatchListener } from '../batch-listener.js';
import { type BackgroundFit, fitInBackground } from '../fitting/background-fit.js';
import { streamEnded } from '../fitting/fit-with-events.js';
import { type RowSample, sampleEvenly } from '../fitting/row-sample.js';
import type { Mixer } from '../mixing/mixer.js';
import { createWindow, type DriftWindow } from './compare.js';

/** What is counted of a window, and kept of it if it may be trained on. */
interface ReferenceWindow {
  readonly model: Model;
  window: DriftWindow;
  sample: RowSample | undefined;
}

/**
 * Compares the real rows, a window at a time, with the training rows of the model in use; tells where
 * they have drifted, and if that is asked for trains another model on them.
 *
 * Windows are of exactly so many rows, counted from the first one that finds the model in use: what
 * is told does not depend on how the rows are cut into batches.
 */
export function watchDrift(
  drift: DriftPlan,
  context: AugmentContext,
  mixer: Mixer,
  signal: AbortSignal,
): BatchListener {
  const { window: size, threshold, refit } = drift;
  const { schema, plan, outcome, emit } = context;
  let reference: ReferenceWindow | undefined;
  let training: BackgroundFit | undefined;
  let windows = 0;

  const watch = (model: Model): ReferenceWindow => {
    const summary = model.manifest.summary;
    if (summary === undefined) {
      throw new ModelError(
        'the model does not say what its training rows were like, which drift is measured by. ' +
          'Train it again',
      );
    }
    const random = createRandom(plan.fit.seed).fork('drift', windows++);
    const rows = Math.min(plan.fit.rows, size);
    return {
      model,
      window: createWindow(schema, summary),
      sample: refit ? sampleEvenly(rows, random) : undefined,
    };
  };

  /** Takes a model that is ready, or tells why there is none. */
  const settle = async () => {
    if (!training) return;
    // Else a source and a consumer that never wait would keep the thread's messages out.
    await yieldToEventLoop(signal);
    const over = training.outcome;
    if (!over) return;
    training = undefined;
    if ('ready' in over) await mixer.use(over.ready);
    else emit?.({ type: 'refit-failed', error: over.error });
  };

  const close = ({ window, sample }: ReferenceWindow, realRows: number) => {
    const columns = window.drifted(threshold);
    if (columns.length === 0) return;
    emit?.({ type: 'drift', columns, rows: window.rows, realRows });
    outcome.drifts = (outcome.drifts ?? 0) + 1;
    if (!sample || training) return;
    training = fitInBackground(context, sample.rows(), 'drift', signal);
  };

  const look = (batch: RecordBatch) => {
    const before = outcome.realRows + outcome.replacedRows;
    for (let start = 0; start < batch.numRows; ) {
      const current = reference as ReferenceWindow;
      const end = Math.min(start + size - current.window.rows, batch.numRows);
      const part = start === 0 && end === batch.numRows ? batch : sliceBatch(batch, start, end);
      current.window.add(part);
      current.sample?.add(part);
      start = end;
      if (current.window.rows < size) continue;
      close(current, before + end);
      reference = watch(current.model);
    }
  };

  return {
    async before(batch) {
      await settle();
      const model = mixer.model();
      if (!model) return;
      if (reference?.model !== model) reference = watch(model);
      look(batch);
    },
    end: async () => training?.stop(streamEnded),
    dispose: async () => training?.stop(),
  };
}
