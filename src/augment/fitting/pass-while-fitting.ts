import { createRandom } from '../../random.js';
import { yieldToEventLoop } from '../../threads/abortable.js';
import type { BatchListener } from '../batch-listener.js';
import type { Mixer } from '../mixing/mixer.js';
import { defaultFitRows } from '../options.js';
import { type BackgroundFit, fitInBackground } from './background-fit.js';
import { streamEnded } from './fit-with-events.js';
import type { FitContext } from './prepare-model.js';
import { sampleEvenly, sampleFirst } from './row-sample.js';

/** How many times the rows of a reservoir go by before it is trained on, by default. */
const defaultPasses = 4;

/**
 * Takes a sample of the rows that go by, trains on it on the side, and gives the model to the mixer
 * before the first batch that finds it ready.
 */
export function passWhileFitting(
  context: FitContext,
  mixer: Mixer,
  signal: AbortSignal,
): BatchListener {
  const { fit = {}, seed = 0 } = context.options;
  const size = fit.rows ?? defaultFitRows;
  const evenly = fit.sample === 'reservoir';
  const after = fit.after ?? (evenly ? defaultPasses * size : size);
  let sample = evenly
    ? sampleEvenly(size, createRandom(fit.seed ?? seed).fork('reservoir'))
    : sampleFirst(size);
  let training: BackgroundFit | undefined;
  let isDone = false;
  /** Whether the model is in use, or has failed. */
  const settle = async () => {
    const outcome = training?.outcome;
    if (!outcome) return;
    isDone = true;
    if ('error' in outcome) throw outcome.error;
    await mixer.use(outcome.ready);
  };
  return {
    async before(batch) {
      if (isDone) return;
      if (training) {
        // Else a source and a consumer that never wait would keep the thread's messages out.
        await yieldToEventLoop(signal);
        return settle();
      }
      sample.add(batch);
      if (sample.seen < Math.max(after, 2)) return;
      training = fitInBackground(context, sample.rows(), 'start', signal);
      sample = sampleFirst(0);
    },
    async end() {
      if (isDone || !training) return;
      if (training.outcome && 'error' in training.outcome) throw training.outcome.error;
      await training.stop(streamEnded);
    },
    async dispose() {
      await training?.stop();
    },
  };
}
