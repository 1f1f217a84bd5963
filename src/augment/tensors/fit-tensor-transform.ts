import type { Schema } from 'apache-arrow';
import { type BatchSource, toBatches } from '../../data/batches/batch-source.js';
import { ofOneSchema } from '../../data/schema/one-schema.js';
import { DataError, SchemaError } from '../../errors.js';
import { type Fitting, startFitting } from '../../features/fit.js';
import { type TransformOptions, transformShape } from '../../features/options.js';
import type { RowTransform, TensorTransform } from '../../features/transform.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { readProvenance } from '../provenance/provenance.js';

const transformOptions = object<TransformOptions>(transformShape);

/**
 * Learns from real rows how columns become tensors: means and spreads of numbers, levels of categories,
 * shapes of images. Rows that `mark` says are synthetic are passed over; of the rows none is kept.
 *
 * ```ts
 * const transform = await fitTensorTransform(readParquet('train.parquet'), { target: 'species' });
 * await writeFile('tensors.json', JSON.stringify(transform));
 * ```
 *
 * @param source Rows to learn from: those that a model is trained on, and none that are held out.
 * @throws InvalidOptionError at once for options that cannot be used; SchemaError for columns that are
 * missing or cannot become what they should, and for augmented rows without `mark`; DataError where
 * there are no real rows.
 */
export async function fitTensorTransform(
  source: BatchSource,
  options: TransformOptions = {},
): Promise<TensorTransform> {
  checkOptions(transformOptions, options);
  let fitting: Fitting | undefined;
  for await (const batch of ofOneSchema(toBatches(source))) {
    fitting ??= startOnReal(batch.schema, options);
    fitting.add(batch);
  }
  return finishFitting(fitting);
}

/** Starts to fit, unless rows are augmented and nothing says which of them are synthetic. */
export function startOnReal(schema: Schema, options: TransformOptions): Fitting {
  if (options.mark === undefined && readProvenance(schema.metadata).length > 0) {
    throw new SchemaError(
      'the rows to fit a transform on were augmented, and nothing says which of them are real. ' +
        "Name the column that says so in 'mark', as in 'mark' of the augmentation, or fit on real rows",
    );
  }
  return startFitting(schema, options);
}

/** The transform of what was learned; there may have been no batch at all. */
export function finishFitting(fitting: Fitting | undefined): RowTransform {
  if (fitting) return fitting.finish();
  throw new DataError('there are no rows to fit a transform on: 0. Give at least one');
}
