import { loop } from '../plan/loop.js';
import { optimise } from '../plan/optimise.js';
import { peakBytes } from '../plan/peak-bytes.js';
import { planOf } from '../plan/plan.js';
import type { Program } from '../program.js';
import { record } from '../record/record.js';
import {
  type HostTensors,
  mapEntries,
  type StepFunction,
  type TensorSpec,
  type TensorSpecs,
} from '../tensor.js';
import { openSerialized } from './open-onnx.js';
import { serialize } from './serialize.js';
import type { SessionPlace } from './session-options.js';

/** Records `step` and compiles it for onnxruntime, by default its native library. */
export async function compileOnnx(
  step: StepFunction,
  state: HostTensors,
  inputs: TensorSpecs,
  place: SessionPlace = {},
): Promise<Program> {
  const plan = optimise(planOf(record(step, state, inputs)));
  const outputs = mapEntries(plan.outputs, ({ shape, dtype }) => ({ shape, dtype }) as TensorSpec);
  const loops = Object.keys(state).length > 0;
  const model = serialize(loops ? loop(plan) : plan);
  const program = await openSerialized(model, { state, inputs, outputs, loops }, place);
  return { ...program, activationBytes: peakBytes(plan) };
}
