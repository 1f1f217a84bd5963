import type { Machine } from '../../../src/compute/engines/availability.js';
import type { Device } from '../../../src/compute/engines/options.js';

/** A made-up machine, with what it was asked to probe and what it has said. */
export interface MadeUpMachine extends Machine {
  readonly probed: Device[];
  readonly said: string[];
}

/** A made-up machine on which some devices work, besides onnx's cpu. */
export function machineWith(...working: Device[]): MadeUpMachine {
  const probed: Device[] = [];
  const said: string[] = [];
  return {
    probed,
    said,
    packageVersion: (name) => (name.startsWith('@tensorflow/tfjs-node') ? undefined : '1.30.0'),
    nativeProblem: async () => undefined,
    onnxDevices: async () => ['cpu', 'webgpu', 'cuda'],
    async probe({ device }) {
      probed.push(device);
      return working.includes(device) ? undefined : 'no such thing';
    },
    say: (line) => void said.push(line),
  };
}

/** The same with every package installed. */
export function fullMachineWith(...working: Device[]): MadeUpMachine {
  return { ...machineWith(...working), packageVersion: () => '1.30.0' };
}

/** The same where onnxruntime's native library cannot be loaded. */
export function machineWithoutLibrary(...working: Device[]): MadeUpMachine {
  return { ...machineWith(...working), nativeProblem: async () => 'there is no library' };
}

/** The same where no package is installed at all. */
export function emptyMachine(): MadeUpMachine {
  return { ...machineWithoutLibrary(), packageVersion: () => undefined };
}
