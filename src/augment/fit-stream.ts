import type { RecordBatch, Schema } from 'apache-arrow';
import { type BatchSource, toBatches } from '../data/batches/batch-source.js';
import { bufferHead, firstRows } from '../data/batches/buffered-head.js';
import { rereadableOf } from '../data/batches/rereadable.js';
import { ofOneSchema } from '../data/schema/one-schema.js';
import { groupSequenceBatches } from '../data/sequences/group.js';
import { SchemaError } from '../errors.js';
import { fitModel } from '../gan/fit/fit.js';
import { checkFitOptions, type FitOptions } from '../gan/fit/options.js';
import type { Model } from '../gan/model/model.js';
import { openChunks } from '../gan/sampling/open-chunks.js';
import { checkOptions } from '../options/check.js';
import { omit } from '../options/omit.js';
import { createRandom, type Seed } from '../random.js';
import { abortable } from '../threads/abortable.js';
import { closeOnAbort } from '../threads/close-on-abort.js';
import type { AugmentDependencies } from './dependencies.js';
import { createEmitter } from './emit-event.js';
import type { RowsLearned } from './events.js';
import { sampleAgain } from './fitting/even-sample.js';
import { countRows, emitWhile } from './fitting/fit-with-events.js';
import { sampleEvenly } from './fitting/row-sample.js';
import { assertAllLearned, assertRereadable } from './fitting/rows-to-learn.js';
import { checkAttack } from './options/check-attack.js';
import { defaultFitRows, type FitStreamOptions, fitStreamOptions } from './options/stream-fit.js';
import { fitAttacked } from './privacy/attack/fit-attacked.js';

/**
 * Trains a model on `rows` rows of a source: evenly on all of it, if it can be read again; else on the
 * first ones, and closes the stream; with `sample: 'reservoir'` on as many of all that come.
 *
 * @throws InvalidOptionError for options that cannot be used; SchemaError for a stream without batches; PrivacyError for a model that tells more than `privacy.attack` allows; what `fitModel` throws; the source's errors.
 */
export async function fitStream(
  source: BatchSource,
  options: FitStreamOptions = {},
): Promise<Model> {
  return fitHoldingOut(source, options, undefined);
}

/** `fitStream` that may also hold a fifth of the rows out, and tell which. */
export async function fitHoldingOut(
  source: BatchSource,
  options: FitStreamOptions,
  onFitted: AugmentDependencies['onFitted'],
): Promise<Model> {
  checkOptions(fitStreamOptions, options);
  checkFitOptions(options);
  checkAttack(options);
  const { sequence, progress, ...others } = options;
  const { attack: most, ...privacy } = options.privacy || {};
  const settings: FitOptions = {
    ...omit(others, 'rows', 'during', 'after', 'sample', 'privacy'),
    privacy: options.privacy && privacy,
  };
  const read = sequence
    ? groupSequenceBatches(source, { ...sequence, signal: options.signal })
    : toBatches(source);
  const emit = createEmitter(progress);
  const { schema, batches, learned } = await takeRows(read, options);
  if (learned) assertAllLearned(options.privacy, learned.rows);
  if (learned) emit?.({ type: 'rows-learned', ...learned });
  const { seed = 0, signal } = options;
  const attacked = { most, sampling: {}, open: openChunks, seed, emit, onFitted };
  const train = (told: FitOptions) =>
    fitAttacked((rows) => fitModel(schema, rows, told), batches, attacked, signal);
  if (!emit) return train(settings);
  const started = { cause: 'start', rows: countRows(batches) } as const;
  return emitWhile(train, settings, started, emit, settings.signal);
}

/** Rows to train on, and which they are where they are not all. */
interface TakenRows {
  readonly schema: Schema;
  readonly batches: readonly RecordBatch[];
  readonly learned?: Omit<RowsLearned, 'type'> | undefined;
}

async function takeRows(
  source: AsyncIterable<RecordBatch>,
  { rows = defaultFitRows, seed = 0, sample, target, signal }: FitStreamOptions,
): Promise<TakenRows> {
  const again = rereadableOf(source);
  assertRereadable(sample, again);
  const batches = ofOneSchema(abortable(closeOnAbort(source, signal), signal));
  try {
    if (sample === 'reservoir') return await drawFromStream(batches, rows, seed);
    const head = await bufferHead(batches, rows);
    const schema = schemaOf(head.batches);
    if (head.ended || !again || sample === 'first') {
      const learned = head.ended ? undefined : ({ sample: 'first', rows } as const);
      return { schema, batches: firstRows(head.batches, rows), learned };
    }
    await batches.return();
    const drawn = await sampleAgain(again, { schema, size: rows, target, seed, signal });
    const { rows: taken, of } = drawn;
    const learned = of > taken ? ({ sample: 'even', rows: taken, of } as const) : undefined;
    return { schema, batches: drawn.batches, learned };
  } finally {
    await batches.return();
  }
}

async function drawFromStream(
  batches: AsyncIterable<RecordBatch>,
  rows: number,
  seed: Seed,
): Promise<TakenRows> {
  const reservoir = sampleEvenly(rows, createRandom(seed).fork('reservoir'));
  for await (const batch of batches) reservoir.add(batch);
  const drawn = reservoir.rows();
  const { seen } = reservoir;
  const learned = seen > rows ? ({ sample: 'reservoir', rows, of: seen } as const) : undefined;
  return { schema: schemaOf(drawn), batches: drawn, learned };
}

function schemaOf([first]: readonly RecordBatch[]): Schema {
  if (first) return first.schema;
  throw new SchemaError('there is nothing to train on: the stream has no batches');
}
