import { InvalidOptionError } from '../../errors.js';

/** What runs a compiled step. */
export const engines = ['onnx', 'tfjs'] as const;
/** What training steps run on: recorded into ONNX, or op by op in tfjs. */
export type Engine = (typeof engines)[number];

/** Devices of each engine; those of tfjs in the order in which they are preferred. */
export const devices = {
  onnx: ['cpu', 'webgpu', 'cuda', 'dml', 'coreml', 'wasm'],
  tfjs: ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'],
} as const;
/** What onnxruntime computes on. */
export type OnnxDevice = (typeof devices.onnx)[number];
export type TfjsDevice = (typeof devices.tfjs)[number];
/** What an engine computes on. */
export type Device = OnnxDevice | TfjsDevice;

/** Where a program runs: an engine, one of its devices, and how many threads it may use. */
export interface ExecutionTarget {
  readonly engine: Engine;
  readonly device: Device;
  readonly threads: number;
}

/** What a user can say of where to compute. */
export interface EngineOptions {
  /**
   * 'onnx' runs a recorded graph on onnxruntime's native library; 'tfjs' runs op by op on a backend
   * of TensorFlow.js; 'auto' is onnx, on WebAssembly where the native library cannot be loaded. On
   * the same processor tfjs was measured to be slower. Default 'auto'.
   */
  readonly engine?: 'auto' | Engine | undefined;
  /**
   * A device of the engine. Of onnx: 'cpu', 'webgpu', 'cuda', 'dml', 'coreml' or 'wasm', by default
   * 'cpu'.
   * Of tfjs: 'tfjs-node-gpu', 'tfjs-node', 'wasm' or 'cpu', by default the first that works here.
   */
  readonly device?: Device | undefined;
  /** Native threads of a matrix product, on the cpu of onnx alone. Default 1. */
  readonly threads?: number | undefined;
}

export const engineNames = ['auto', ...engines] as const;
export const deviceNames: readonly Device[] = [...new Set([...devices.onnx, ...devices.tfjs])];

/** More than any machine has cores to give. */
const mostThreads = 1024;

/**
 * Refuses what cannot be used on any machine.
 *
 * @param prefix Stands before the options' names in errors, as in 'fit.device'.
 */
export function checkEngineOptions(
  options: EngineOptions,
  prefix: string,
  names: readonly string[] = engineNames,
): void {
  const { engine = 'auto', device, threads } = options;
  const refuse = (problem: string) => {
    throw new InvalidOptionError(`${prefix}${problem}`);
  };
  if (!names.includes(engine)) {
    refuse(`engine must be one of ${names.join(', ')}: ${String(engine)}`);
  }
  const known: readonly string[] = engine === 'auto' ? deviceNames : devices[engine];
  if (device !== undefined && !known.includes(device)) {
    const other = engines.find((each) => (devices[each] as readonly string[]).includes(device));
    const remedy = other ? `. It is a device of the engine '${other}'` : '';
    refuse(`device must be one of ${known.join(', ')}: ${String(device)}${remedy}`);
  }
  if (threads === undefined) return;
  if (!(Number.isSafeInteger(threads) && threads >= 1 && threads <= mostThreads)) {
    refuse(`threads must be a whole number from 1 to ${mostThreads}: ${String(threads)}`);
  }
  if (threads > 1 && (engine === 'tfjs' || (device !== undefined && device !== 'cpu'))) {
    const where = device === undefined ? `the engine ${engine}` : `the device ${device}`;
    refuse(`threads must be 1 on ${where}: ${threads}. Only onnx on cpu takes more`);
  }
}
