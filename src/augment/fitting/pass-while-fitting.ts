import { createRandom } from '../../random.js';
import { yieldToEventLoop } from '../../threads/abortable.js';
import type { AugmentContext } from '../augment-context.js';
import type { BatchListener } from '../batch-listener.js';
import type { Mixer } from '../mixing/mixer.js';
import { type BackgroundFit, fitInBackground } from './background-fit.js';
import { streamEnded } from './fit-with-events.js';
import { sampleEvenly, sampleFirst } from './row-sample.js';
import { evenRowsToLearn, isSampledEvenly } from './rows-to-learn.js';

/**
 * Takes a sample of the rows that go by, trains on it on the side, and gives the model to the mixer
 * before the first batch that finds it ready.
 */
export function passWhileFitting(
  context: AugmentContext,
  mixer: Mixer,
  signal: AbortSignal,
): BatchListener {
  const { rows: size, seed, after } = context.plan.fit;
  const isEven = isSampledEvenly(context);
  const isReservoir = context.plan.fit.sample === 'reservoir';
  let sample = isReservoir
    ? sampleEvenly(size, createRandom(seed).fork('reservoir'))
    : sampleFirst(isEven ? 0 : size);
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
      const rows = isEven ? evenRowsToLearn(context, signal) : sample.rows();
      training = fitInBackground(context, rows, 'start', signal);
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
