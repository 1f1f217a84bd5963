import { loadRuntime } from '../onnx/runtime.js';
import { probeInChild } from './child.js';
import type { DeviceEntry } from './devices.js';
import type { Place } from './options.js';
import { packageVersion } from './packages.js';

/** Whether a device can be used here. */
export interface Availability {
  /** Version of the package that brings it, where that is installed. */
  readonly version: string | undefined;
  readonly available: boolean;
  /** Why it cannot be used. */
  readonly reason?: string | undefined;
}

/** What is asked of a machine to know its devices. */
export interface Machine {
  packageVersion(name: string): string | undefined;
  /** Names of onnxruntime's execution providers that it was built with. */
  onnxDevices(): Promise<readonly string[]>;
  /** What is wrong with a place; undefined if it can be used. */
  probe(place: Place): Promise<string | undefined>;
}

/** The machine that this process runs on. */
export const thisMachine: Machine = {
  packageVersion,
  onnxDevices: async () => (await loadRuntime()).listSupportedBackends().map(({ name }) => name),
  probe: probeInChild,
};

/** Whether a device can be used: it is looked for, and then made to compute. */
export async function availabilityOf(
  { engine, device, package: name }: DeviceEntry,
  machine: Machine,
): Promise<Availability> {
  const version = machine.packageVersion(name);
  const missing = (reason: string) => ({ version, available: false, reason });
  if (version === undefined) return missing(`${name} is not installed`);
  if (engine === 'onnx' && !(await machine.onnxDevices()).includes(device)) {
    return missing(`${name} has no ${device} for ${process.platform} ${process.arch}`);
  }
  // Its package is loaded already, or plain JavaScript.
  if (device === 'cpu') return { version, available: true };
  const problem = await machine.probe({ engine, device, threads: 1 });
  return problem === undefined ? { version, available: true } : missing(problem);
}
