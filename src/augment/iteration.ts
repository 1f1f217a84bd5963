import type { RecordBatch } from 'apache-arrow';
import { ofOneSchema } from '../data/schema/one-schema.js';
import { abortable } from '../threads/abortable.js';
import type { AugmentDependencies } from './dependencies.js';
import type { EmitEvent } from './emit-event.js';
import type { StreamEnded } from './events.js';
import type { Shares } from './mixing/shares.js';
import type { AugmentOptions } from './options.js';
import { openPipeline, type Pipeline, rowsToHold } from './pipeline.js';
import type { OutcomeSoFar } from './provenance/outcome.js';
import { bufferHead } from './stream/buffered-head.js';

/** One iteration over an augmented stream. */
export interface Iteration {
  readonly dependencies: AugmentDependencies;
  readonly source: AsyncIterable<RecordBatch>;
  readonly options: AugmentOptions;
  readonly shares: Shares;
  readonly outcome: OutcomeSoFar;
  readonly emit: EmitEvent | undefined;
  readonly signal: AbortSignal;
}

/** The batches of an iteration; tells of its end. */
export async function* runIteration(
  iteration: Iteration,
): AsyncGenerator<RecordBatch, void, undefined> {
  const { outcome, emit, signal } = iteration;
  const emitEnd = (reason: StreamEnded['reason']) => {
    const { realRows, syntheticRows } = outcome;
    emit?.({ type: 'ended', reason, realRows, syntheticRows });
  };
  let isComplete = false;
  let hasFailed = false;
  try {
    yield* augmented(iteration);
    isComplete = true;
  } catch (error) {
    hasFailed = !signal.aborted;
    throw error;
  } finally {
    if (isComplete) emitEnd('completed');
    else quietly(() => emitEnd(hasFailed ? 'failed' : 'cancelled'));
  }
}

/** What an observer throws now must not hide why the stream ends. */
function quietly(emitEnd: () => void): void {
  try {
    emitEnd();
  } catch {}
}

async function* augmented(iteration: Iteration): AsyncGenerator<RecordBatch, void, undefined> {
  const { source, options, shares, signal } = iteration;
  if (shares.isZero && options.mark === undefined) {
    for await (const batch of abortable(source, signal)) {
      iteration.outcome.realRows += batch.numRows;
      yield batch;
    }
    return;
  }
  const input = ofOneSchema(abortable(source, signal));
  let pipeline: Pipeline | undefined;
  try {
    const held = await bufferHead(input, rowsToHold(options, shares));
    const schema = held.batches[0]?.schema;
    if (!schema) return;
    pipeline = await openPipeline(iteration, schema, held);
    const { mixer, listener } = pipeline;
    // Let go of each held batch as it leaves: the stream may go on for long.
    for (let batch = held.batches.shift(); batch; batch = held.batches.shift()) {
      await listener?.before(batch);
      yield* mixer.mix(batch, signal);
    }
    for await (const batch of input) {
      await listener?.before(batch);
      yield* mixer.mix(batch, signal);
    }
    await listener?.end();
    const conditions = mixer.conditions();
    if (conditions) options.onConditions?.(conditions);
  } finally {
    // After an error this is not raised over it: what fails in closing is not the cause.
    await Promise.allSettled([
      pipeline?.listener?.dispose(),
      pipeline?.mixer.dispose(),
      input.return(),
    ]);
  }
}
