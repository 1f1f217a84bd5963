import type { RecordBatch } from 'apache-arrow';
import { abortable } from '../data/abortable.js';
import { ofOneSchema } from '../data/schema/one-schema.js';
import type { StreamEnded } from './events.js';
import type { Shares } from './mixing/shares.js';
import type { AugmentOptions } from './options.js';
import type { OutcomeSoFar } from './provenance/outcome.js';
import type { Report } from './report.js';
import { openStage, rowsToHold, type Stage } from './stage.js';
import { hold } from './stream/hold.js';
import type { AugmentTools } from './tools.js';

/** One iteration over an augmented stream. */
export interface Run {
  readonly tools: AugmentTools;
  readonly source: AsyncIterable<RecordBatch>;
  readonly options: AugmentOptions;
  readonly shares: Shares;
  readonly outcome: OutcomeSoFar;
  readonly report: Report | undefined;
  readonly signal: AbortSignal;
}

/** The batches of an iteration; tells of its end. */
export async function* runAugmentation(run: Run): AsyncGenerator<RecordBatch, void, undefined> {
  const { outcome, report, signal } = run;
  const tell = (reason: StreamEnded['reason']) => {
    const { realRows, syntheticRows } = outcome;
    report?.({ type: 'ended', reason, realRows, syntheticRows });
  };
  let isComplete = false;
  let hasFailed = false;
  try {
    yield* augmented(run);
    isComplete = true;
  } catch (error) {
    hasFailed = !signal.aborted;
    throw error;
  } finally {
    if (isComplete) tell('completed');
    else quietly(() => tell(hasFailed ? 'failed' : 'cancelled'));
  }
}

/** What an observer throws now must not hide why the stream ends. */
function quietly(tell: () => void): void {
  try {
    tell();
  } catch {}
}

async function* augmented(run: Run): AsyncGenerator<RecordBatch, void, undefined> {
  const { source, options, shares, signal } = run;
  if (shares.isZero && options.mark === undefined) {
    for await (const batch of abortable(source, signal)) {
      run.outcome.realRows += batch.numRows;
      yield batch;
    }
    return;
  }
  const input = ofOneSchema(abortable(source, signal));
  let stage: Stage | undefined;
  try {
    const held = await hold(input, rowsToHold(options, shares));
    const schema = held.batches[0]?.schema;
    if (!schema) return;
    stage = await openStage(run, schema, held);
    const { mixer, watcher } = stage;
    // Let go of each held batch as it leaves: the stream may go on for long.
    for (let batch = held.batches.shift(); batch; batch = held.batches.shift()) {
      await watcher?.before(batch);
      yield* mixer.mix(batch, signal);
    }
    for await (const batch of input) {
      await watcher?.before(batch);
      yield* mixer.mix(batch, signal);
    }
    await watcher?.end();
    const conditions = mixer.conditions();
    if (conditions) options.onConditions?.(conditions);
  } finally {
    // After an error this is not raised over it: what fails in closing is not the cause.
    await Promise.allSettled([stage?.watcher?.dispose(), stage?.mixer.dispose(), input.return()]);
  }
}
