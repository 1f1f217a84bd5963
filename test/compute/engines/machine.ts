import type { Machine } from '../../../src/compute/engines/availability.js';
import type { Device } from '../../../src/compute/engines/options.js';

/** A made-up machine on which some devices work, and one that says which it was asked to probe. */
export function machineWith(...working: Device[]): Machine & { readonly probed: Device[] } {
  const probed: Device[] = [];
  return {
    probed,
    packageVersion: (name) => (name.startsWith('@tensorflow/tfjs-node') ? undefined : '4.5.6'),
    onnxDevices: async () => ['cpu', 'webgpu', 'cuda'],
    async probe({ device }) {
      probed.push(device);
      return working.includes(device) ? undefined : 'no such thing';
    },
  };
}

/** The same with every package installed. */
export function fullMachineWith(...working: Device[]) {
  return Object.assign(machineWith(...working), { packageVersion: () => '4.5.6' });
}
