import { mergeBatchSizes } from './onnx/any-batch.js';
import { type OnnxLabels, serialize } from './onnx/serialize.js';
import { optimise } from './plan/optimise.js';
import { planOf } from './plan/plan.js';
import { record } from './record/record.js';
import type { HostTensors, StepFunction, TensorSpecs } from './tensor.js';

/** A function that is exported with its weights. */
export interface ExportSource extends OnnxLabels {
  /** Written in tfjs ops; its `state` is the weights, and the state that it returns is left out. */
  readonly step: StepFunction;
  readonly state: HostTensors;
  /** Shapes and types of the inputs for a batch of so many rows. */
  readonly inputs: (batch: number) => TensorSpecs;
}

/** Two sizes that no layer is likely to have, so that nothing else in a graph equals them. */
const batchSizes = [1009, 1013] as const;

/**
 * The function as an ONNX file that works for a batch of any size: the dimension is called 'batch'.
 * The weights are constants in it.
 *
 * @throws ComputeError when the function is not the same for every size of a batch.
 */
export function exportOnnx({ step, state, inputs, ...labels }: ExportSource): Uint8Array {
  const [one, other] = batchSizes.map((batch) => ({
    batch,
    plan: optimise(planOf(record(step, state, inputs(batch), { freeze: true }))),
  })) as [SizedPlan, SizedPlan];
  return serialize(mergeBatchSizes(one, other), labels);
}

type SizedPlan = Parameters<typeof mergeBatchSizes>[0];
