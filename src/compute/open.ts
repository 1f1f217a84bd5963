import { native } from '../threads/native-gate.js';
import { openOnnx } from './onnx/program.js';
import type { Program } from './program.js';
import type { TensorSpecs } from './tensor.js';

/** Opens an ONNX model whose weights are constants, such as a saved generator, to be run natively. */
export async function openProgram(
  model: Uint8Array,
  inputs: TensorSpecs,
  outputs: TensorSpecs,
  place: Parameters<typeof openOnnx>[3] = {},
): Promise<Program> {
  const program = await native(() => openOnnx(model, inputs, outputs, place));
  return {
    ...program,
    run: (feed, steps) => native(() => program.run(feed, steps)),
    dispose: () => native(() => program.dispose()),
  };
}
