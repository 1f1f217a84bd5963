import { choosePlace } from '../../compute/engines/choose.js';
import { checkEngineOptions, type OnnxDevice } from '../../compute/engines/options.js';

/** Where a generator runs: it is saved as a graph for onnx. */
export interface SamplingTarget {
  /**
   * 'cpu', 'webgpu', 'cuda', 'dml', 'coreml' or 'wasm'. Default 'cpu', or 'wasm' where onnxruntime's
   * native library cannot be loaded.
   */
  readonly device?: OnnxDevice | undefined;
  /**
   * Native threads of a matrix product, on the cpu alone: shared by the calling thread and the one that
   * makes rows ahead, and no more than there are cores. Default 1 for each.
   */
  readonly threads?: number | undefined;
}

/** Refuses what cannot be used on any machine; `prefix` stands before the options' names. */
export function checkSamplingTarget({ device, threads }: SamplingTarget, prefix = ''): void {
  checkEngineOptions({ engine: 'onnx', device, threads }, prefix);
}

/** The same place, if it is available on this machine; else raises InvalidOptionError. */
export async function findSamplingTarget(
  { device, threads }: SamplingTarget,
  prefix = '',
): Promise<SamplingTarget> {
  if (device !== undefined) checkSamplingTarget({ device, threads }, prefix);
  const { target } = await choosePlace({ device, threads }, prefix);
  return { device: target.device as OnnxDevice, threads: target.threads };
}
