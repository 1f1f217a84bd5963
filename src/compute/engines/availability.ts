import { sayOnce } from '../../threads/say-once.js';
import { nativeProblem } from '../onnx/default-device.js';
import { loadRuntime } from '../onnx/runtime.js';
import { findRuntime } from '../onnx/runtime-packages.js';
import { probeInChild } from './child.js';
import type { DeviceEntry } from './devices.js';
import type { ExecutionTarget } from './options.js';
import { packageVersion } from './packages.js';

/** Whether a device can be used here. */
export interface Availability {
  /** The package that brings it, or the first that would. */
  readonly package: string;
  /** Its version, where it is installed. */
  readonly version: string | undefined;
  readonly available: boolean;
  /** Why it cannot be used, and what to do about that. */
  readonly reason?: string | undefined;
  readonly remedy?: string | undefined;
}

/** What is asked of a machine to know its devices. */
export interface Machine {
  packageVersion(name: string): string | undefined;
  /** Why onnxruntime's native library cannot be loaded; undefined if it can. */
  nativeProblem(): Promise<string | undefined>;
  /** Names of onnxruntime's execution providers that it was built with. */
  onnxDevices(): Promise<readonly string[]>;
  /** What is wrong with a target; undefined if it can be used. */
  probe(target: ExecutionTarget, seconds?: number): Promise<string | undefined>;
  /** Says a line to whoever runs the program. */
  say(line: string): void;
}

/** The machine that this process runs on. */
export const thisMachine: Machine = {
  packageVersion,
  nativeProblem,
  onnxDevices: async () => (await loadRuntime()).listSupportedBackends().map(({ name }) => name),
  probe: (target, seconds) => probeInChild(target, { patience: seconds && seconds * 1000 }),
  say: sayOnce,
};

/** Whether a device can be used: it is looked for, and then made to compute. */
export async function availabilityOf(entry: DeviceEntry, machine: Machine): Promise<Availability> {
  const found = findInstalled(entry, machine);
  const name = found?.name ?? (entry.packages.at(-1) as string);
  const { version } = found ?? { version: undefined };
  const unavailable = (reason: string, remedy: string) => {
    return { package: name, version, available: false, reason, remedy };
  };
  if (version === undefined) return unavailable(`${name} is not installed`, entry.install);
  const problem = await problemOf(entry, name, machine);
  if (problem !== undefined) return unavailable(problem, entry.repair);
  return { package: name, version, available: true };
}

function findInstalled({ engine, packages }: DeviceEntry, machine: Machine) {
  if (engine === 'onnx') return findRuntime(packages, (name) => machine.packageVersion(name));
  for (const name of packages) {
    const version = machine.packageVersion(name);
    if (version !== undefined) return { name, version };
  }
  return undefined;
}

async function problemOf(
  { engine, device, patience }: DeviceEntry,
  name: string,
  machine: Machine,
): Promise<string | undefined> {
  if (engine === 'onnx' && device !== 'wasm') {
    const problem = await machine.nativeProblem();
    if (problem !== undefined) return problem;
    if (!(await machine.onnxDevices()).includes(device)) {
      return `${name} has no ${device} for ${process.platform} ${process.arch}`;
    }
  }
  // Its package has been loaded by now, or is plain JavaScript.
  if (device === 'cpu') return undefined;
  return machine.probe({ engine, device, threads: 1 }, patience);
}
