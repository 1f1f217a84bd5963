import { native } from '../threads/native-gate.js';
import {
  checkEngineOptions,
  type Device,
  type Engine,
  type ExecutionTarget,
  engines,
  type OnnxDevice,
  type TfjsDevice,
} from './engines/options.js';
import { defaultDevice } from './onnx/default-device.js';
import { compileOnnx } from './onnx/program.js';
import type { Program } from './program.js';
import type { HostTensors, StepFunction, TensorSpecs } from './tensor.js';

export type { Engine } from './engines/options.js';

/** What a program is compiled from. */
export interface ProgramSource {
  /** One step, written in tfjs ops. */
  readonly step: StepFunction;
  /** The state before the first run. */
  readonly state: HostTensors;
  /** Shapes and types of what is fed to each run. */
  readonly inputs: TensorSpecs;
}

/**
 * Compiles a step for an engine; by default for one thread of onnx on the cpu, or on WebAssembly
 * where there is no native library.
 *
 * `onnx` records the step once, with tfjs's automatic differentiation in it, and runs the graph
 * natively; `tfjs` runs it eagerly. Both mean the same, within the rounding of float32.
 *
 * @throws InvalidOptionError for a target that does not exist; ComputeError when it cannot be used
 * here, or not for this step.
 */
export async function compile(
  source: ProgramSource,
  { engine = 'onnx', device, threads = 1 }: Partial<ExecutionTarget> = {},
): Promise<Program> {
  checkEngineOptions({ engine, device, threads }, '', engines);
  const program = await native(async () =>
    compileAt({ engine, device: device ?? (await deviceOf(engine)), threads }, source),
  );
  return {
    ...program,
    run: (feed, steps) => native(() => program.run(feed, steps)),
    dispose: () => native(() => program.dispose()),
  };
}

async function deviceOf(engine: Engine): Promise<Device> {
  return engine === 'onnx' ? defaultDevice() : 'cpu';
}

async function compileAt(
  { engine, device, threads }: ExecutionTarget,
  { step, state, inputs }: ProgramSource,
): Promise<Program> {
  if (engine === 'onnx') {
    return compileOnnx(step, state, inputs, { device: device as OnnxDevice, threads });
  }
  // Loading it registers a backend of tfjs with the process.
  const { compileTfjs } = await import('./tfjs/program.js');
  return compileTfjs(step, state, inputs, device as TfjsDevice);
}
