import type { RecordBatch } from 'apache-arrow';
import { bufferHead } from '../data/batches/buffered-head.js';
import { ofOneSchema } from '../data/schema/one-schema.js';
import { abortable } from '../threads/abortable.js';
import { closeOnAbort } from '../threads/close-on-abort.js';
import type { AugmentContext } from './augment-context.js';
import type { StreamEnded } from './events.js';
import { OtherColumns } from './find-model.js';
import { type AugmentLearned, augmentMatched } from './match/augment-matched.js';
import { findMismatches, matchColumns } from './match/match-columns.js';
import { openPipeline, type Pipeline, rowsToHold } from './pipeline.js';

/** One iteration over an augmented stream. */
export interface Iteration extends Omit<AugmentContext, 'schema'> {
  readonly source: AsyncIterable<RecordBatch>;
  readonly signal: AbortSignal;
}

/** The batches of an iteration; tells of its end. */
export async function* iterate(iteration: Iteration): AsyncGenerator<RecordBatch, void, undefined> {
  const { outcome, emit, signal } = iteration;
  const emitEnd = (reason: StreamEnded['reason']) => {
    const { realRows, syntheticRows } = outcome;
    emit?.({ type: 'ended', reason, realRows, syntheticRows });
  };
  let isComplete = false;
  let hasFailed = false;
  try {
    yield* isIdentity(iteration) ? passOn(iteration) : augment(iteration);
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
function quietly(emit: () => void): void {
  try {
    emit();
  } catch {}
}

function isIdentity({ plan: { shares, mark } }: Iteration): boolean {
  return shares.isZero && mark === undefined;
}

async function* passOn({ source, outcome, signal }: Iteration) {
  for await (const batch of abortable(closeOnAbort(source, signal), signal)) {
    outcome.realRows += batch.numRows;
    yield batch;
  }
}

async function* augment(iteration: Iteration): AsyncGenerator<RecordBatch, void, undefined> {
  const { source, plan, signal } = iteration;
  const input = ofOneSchema(abortable(closeOnAbort(source, signal), signal));
  let pipeline: Pipeline | undefined;
  try {
    const head = await bufferHead(input, rowsToHold(plan));
    const schema = head.batches[0]?.schema;
    if (!schema) return;
    try {
      pipeline = await openPipeline({ ...iteration, schema }, head, signal);
    } catch (error) {
      if (!(error instanceof OtherColumns)) throw error;
      const { model, which } = error;
      const mismatches = findMismatches(model.schema, schema);
      if (mismatches.length > 0) throw new OtherColumns(model, which, mismatches.join('; '));
      const match = matchColumns(model.schema, schema);
      const work: AugmentLearned = (rows, mark) =>
        augment({
          ...iteration,
          source: rows,
          again: undefined,
          // Nulls that the model does not know may be in real rows; it makes none.
          plan: { ...plan, model: { ...model, schema: match.learned }, mark },
        });
      yield* augmentMatched(schema, match, resume(head.batches, input), work, {
        mark: plan.mark,
        isReplacing: plan.mode === 'replace',
      });
      return;
    }
    const { mixer, listener } = pipeline;
    // Let go of each held batch as it leaves: the stream may go on for long.
    for (let batch = head.batches.shift(); batch; batch = head.batches.shift()) {
      await listener?.before(batch);
      yield* mixer.mix(batch, signal);
    }
    for await (const batch of input) {
      await listener?.before(batch);
      yield* mixer.mix(batch, signal);
    }
    await listener?.end();
    const conditions = mixer.conditions();
    if (conditions) plan.onConditions?.(conditions);
  } finally {
    // After an error this is not raised over it: what fails in closing is not the cause.
    const closing = [pipeline?.listener?.dispose(), pipeline?.mixer.dispose(), input.return()];
    await Promise.allSettled(closing);
  }
}

/** The batches that were held, then the others. */
async function* resume(held: RecordBatch[], rest: AsyncIterable<RecordBatch>) {
  // Let go of each as it leaves.
  for (let batch = held.shift(); batch; batch = held.shift()) yield batch;
  yield* rest;
}
