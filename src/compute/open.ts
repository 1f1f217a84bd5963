import { native } from '../threads/native-gate.js';
import { defaultDevice } from './onnx/default-device.js';
import { openOnnx } from './onnx/open-onnx.js';
import type { SessionPlace } from './onnx/session-options.js';
import type { Program } from './program.js';
import type { TensorSpecs } from './tensor.js';

/** Opens an ONNX model whose weights are constants, such as a saved generator. */
export async function openProgram(
  model: Uint8Array,
  inputs: TensorSpecs,
  outputs: TensorSpecs,
  { device, threads }: SessionPlace = {},
): Promise<Program> {
  const program = await native(async () =>
    openOnnx(model, inputs, outputs, { device: device ?? (await defaultDevice()), threads }),
  );
  return {
    ...program,
    run: (feed, steps) => native(() => program.run(feed, steps)),
    dispose: () => native(() => program.dispose()),
  };
}
