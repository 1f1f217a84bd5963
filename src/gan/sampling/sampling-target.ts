import { choosePlace } from '../../compute/engines/choose.js';
import { checkEngineOptions, type OnnxDevice } from '../../compute/engines/options.js';

/** Where a generator runs: it is saved as a graph for onnx. */
export interface SamplingPlace {
  /** 'cpu', 'webgpu', 'cuda', 'dml' or 'coreml'. Default 'cpu'. */
  readonly device?: OnnxDevice | undefined;
  /** Native threads of a matrix product, on the cpu alone. Default 1. */
  readonly threads?: number | undefined;
}

/** Refuses what cannot be used on any machine; `prefix` stands before the options' names. */
export function checkSamplingPlace({ device, threads }: SamplingPlace, prefix = ''): void {
  checkEngineOptions({ device, threads }, prefix);
}

/** The same place, if it is available on this machine; else raises InvalidOptionError. */
export async function findSamplingPlace(
  { device, threads }: SamplingPlace,
  prefix = '',
): Promise<SamplingPlace> {
  await choosePlace({ device, threads }, prefix);
  return { device, threads };
}
