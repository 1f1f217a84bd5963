import { type BatchSource, toBatches } from '../../data/batches/batch-source.js';
import { type PulledStream, pulledStream } from '../stream/batch-stream.js';
import { checkTensorOptions, type TensorOptions } from './options.js';
import { type TensorBatch, tensorBatches } from './tensor-batches.js';

/** An Observable of batches of tensors that can also be pulled: `for await (const { xs, ys } of stream)`. */
export type TensorStream = PulledStream<TensorBatch>;

/** An operator from record batches to batches of tensors; it takes every source of record batches. */
export type TensorOperator = (source: BatchSource) => TensorStream;

/**
 * An operator that turns rows into batches of tensors to train on, as `tensorBatches` does.
 *
 * ```ts
 * readParquet('train.parquet').pipe(
 *   ganAugment({ ratio: 0.3, mark: 'is_synthetic' }),
 *   toTensors({ target: 'income', mark: 'is_synthetic', batch: 64, shuffle: 10_000 }),
 * )
 * ```
 *
 * RxJS has no back-pressure: a training step takes longer than reading, so pull the result.
 *
 * @throws InvalidOptionError at once for options that cannot be used.
 */
export function toTensors(options: TensorOptions): TensorOperator {
  checkTensorOptions(options);
  return (source) => {
    const batches = toBatches(source);
    return pulledStream((signal) => {
      const both = options.signal ? AbortSignal.any([options.signal, signal]) : signal;
      return tensorBatches(batches, { ...options, signal: both });
    });
  };
}
