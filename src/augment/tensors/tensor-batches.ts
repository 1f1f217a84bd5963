import type { RecordBatch } from 'apache-arrow';
import { type BatchSource, toBatches } from '../../data/batches/batch-source.js';
import { ofOneSchema } from '../../data/schema/one-schema.js';
import { DataError } from '../../errors.js';
import { type Fitting, markReader } from '../../features/fit.js';
import type { RowTensors, RowTransform, TensorTransform } from '../../features/transform.js';
import { createRandom } from '../../random.js';
import { abortable, yieldToEventLoop } from '../../threads/abortable.js';
import { closeOnAbort } from '../../threads/close-on-abort.js';
import { closeable } from '../../threads/closeable.js';
import { type Provenance, readProvenance } from '../provenance/provenance.js';
import { finishFitting, startOnReal } from './fit-tensor-transform.js';
import { checkTensorOptions, type TensorOptions } from './options.js';
import { createRowBatches, type HeldRows } from './row-batches.js';

/** A batch of rows as tensors, for a training step. */
export interface TensorBatch extends RowTensors {
  /** Of each row 1 if it is synthetic; absent where `mark` does not say. */
  readonly synthetic?: Uint8Array;
  /** How the rows became tensors. */
  readonly transform: TensorTransform;
}

/** Rows that are turned into numbers before events have their turn. */
const rowsAtOnce = 4096;

/**
 * Turns rows into batches of tensors that a model is trained on: numbers scaled, categories as one-hot
 * places or indices, nulls told by a number of their own, images as tensors of their shape.
 *
 * How, is learned from real rows and then the same for all. Each row comes out once, in batches of
 * exactly `batch` rows but for the last; the same seed gives the same tensors, however the rows were cut
 * into batches. Of the rows no more is held than `shuffle`, and a batch; while a transform is fitted,
 * the first `fitRows` real rows.
 *
 * ```ts
 * const batches = tensorBatches(augmented, { target: 'species', mark: 'is_synthetic', batch: 32 });
 * for await (const { xs, ys } of batches) {
 *   // tf.tensor(xs.features.values, xs.features.shape)
 * }
 * ```
 *
 * @throws InvalidOptionError at once for options that cannot be used; from the iteration: SchemaError for
 * columns that are missing, or of another kind than the transform was fitted on; DataError for rows
 * without a known target, for nulls where none were, and for synthetic rows that are to be refused.
 */
export function tensorBatches(
  source: BatchSource,
  options: TensorOptions,
): AsyncIterable<TensorBatch> {
  checkTensorOptions(options);
  const batches = toBatches(source);
  return closeable((signal) => iterate(batches, options, signal), options.signal);
}

async function* iterate(
  source: AsyncIterable<RecordBatch>,
  options: TensorOptions,
  signal: AbortSignal,
): AsyncGenerator<TensorBatch, void, undefined> {
  const input = ofOneSchema(abortable(closeOnAbort(source, signal), signal));
  try {
    const head: RecordBatch[] = [];
    const transform = options.transform ?? (await fitOnHead(input, options, head));
    yield* convert(chain(head, input), options, transform as RowTransform, signal);
  } finally {
    await input.return();
  }
}

/** Fits a transform on the first real rows, and leaves the batches that they are of in `head`. */
async function fitOnHead(
  input: AsyncGenerator<RecordBatch, void, undefined>,
  { fitRows = 50_000, ...options }: TensorOptions,
  head: RecordBatch[],
): Promise<TensorTransform> {
  let fitting: Fitting | undefined;
  while (!fitting || fitting.rows < fitRows) {
    const next = await input.next();
    if (next.done) break;
    fitting ??= startOnReal(next.value.schema, options);
    fitting.add(next.value, fitRows);
    head.push(next.value);
  }
  return finishFitting(fitting);
}

/** Held batches, each let go of as it leaves, and then the others. */
async function* chain(head: RecordBatch[], input: AsyncIterable<RecordBatch>) {
  for (let batch = head.shift(); batch; batch = head.shift()) yield batch;
  yield* input;
}

async function* convert(
  batches: AsyncIterable<RecordBatch>,
  options: TensorOptions,
  transform: RowTransform,
  signal: AbortSignal,
): AsyncGenerator<TensorBatch, void, undefined> {
  const { mark, batch: size, shuffle = 0, seed = 0, rest = 'keep' } = options;
  const random = createRandom(seed).fork('shuffle');
  const gathered = createRowBatches(transform, { batch: size, shuffle, random });
  const dropsUnknown = options.unknownTargets === 'drop';
  const count = { rows: 0, syntheticRows: 0, droppedRows: 0 };
  let augmentations: readonly Provenance[] = [];
  let hasTarget = false;
  const finish = ({ lanes, synthetic }: HeldRows, rows: number): TensorBatch => {
    const own = synthetic.subarray(0, rows);
    count.rows += rows;
    count.syntheticRows += own.reduce((sum, each) => sum + each, 0);
    return {
      ...transform.tensorsOf(lanes, rows, hasTarget),
      ...(mark === undefined ? {} : { synthetic: own }),
      transform,
    };
  };

  for await (const batch of batches) {
    augmentations = readProvenance(batch.schema.metadata);
    if (options.synthetic === 'refuse') refuseSynthetic(batch, mark);
    for (let start = 0; start < batch.numRows; start += rowsAtOnce) {
      const piece = batch.slice(start, start + rowsAtOnce);
      const opened = transform.open(piece);
      const isSynthetic = markReader(piece, mark);
      hasTarget = opened.hasTarget;
      for (let row = 0; row < piece.numRows; row++) {
        if (dropsUnknown && !opened.isKnown(row)) {
          count.droppedRows++;
          continue;
        }
        const ready = gathered.add(opened, row, isSynthetic?.(row) ?? false);
        if (ready) yield finish(ready, size);
      }
      await yieldToEventLoop(signal);
    }
  }
  for (const { held, rows } of gathered.rest()) {
    if (rows === size || rest === 'keep') yield finish(held, rows);
  }
  options.onEnd?.({
    ...count,
    syntheticRows: mark === undefined ? null : count.syntheticRows,
    syntheticShare: mark === undefined ? null : count.syntheticRows / Math.max(1, count.rows),
    augmentations,
    transform: transform.id,
  });
}

/** Refuses rows to judge models by among which there are synthetic ones, or may be. */
function refuseSynthetic(batch: RecordBatch, mark: string | undefined): void {
  const isAugmented = readProvenance(batch.schema.metadata).length > 0;
  const isSynthetic = markReader(batch, mark);
  const row = Array.from({ length: isSynthetic ? batch.numRows : 0 }, (_, k) => k).find((each) =>
    isSynthetic?.(each),
  );
  if (row === undefined && (isSynthetic || !isAugmented)) return;
  const found = isSynthetic
    ? `there is a synthetic one: row ${row} of a batch`
    : 'they were augmented';
  throw new DataError(`rows were to be real, and ${found}. Give rows that were held out`);
}
