import type { Field, Schema } from 'apache-arrow';
import type { ExecutionTarget } from '../../../compute/engines/options.js';
import type { HostTensors } from '../../../compute/tensor.js';
import type { ColumnEncoder } from '../../../encode/encoder.js';
import { withCurves } from '../../../encode/modes/with-curves.js';
import type { Random } from '../../../random.js';
import type { Finished } from '../family.js';
import { calibrate, type LogitsProgram } from './calibrate/calibrate.js';
import type { ColumnCurves } from './calibrate/numbers.js';
import type { TrainingTable } from './encode-for-training.js';

/** A finished model's weights and encoders: calibrated, so that columns are distributed as in the data. */
export async function finishCalibrated(
  { table, encoders }: TrainingTable,
  schema: Schema,
  open: (rows: number) => LogitsProgram,
  weights: HostTensors,
  random: Random,
  target: Partial<ExecutionTarget>,
): Promise<Finished> {
  const { state, curves } = await calibrate(table, open, weights, random, target);
  return { state, encoders: withAllCurves(schema, encoders, curves) };
}

function withAllCurves(
  schema: Schema,
  encoders: readonly ColumnEncoder[],
  all: readonly ColumnCurves[],
): ColumnEncoder[] {
  return encoders.map((encoder, k) => {
    const own = all.find(({ column }) => column === k);
    return own ? withCurves(schema.fields[k] as Field, encoder, own.curves) : encoder;
  });
}
