import { InvalidOptionError } from '../../errors.js';
import { type Availability, availabilityOf, type Machine, thisMachine } from './availability.js';
import { type DeviceEntry, deviceEntries } from './devices.js';
import type { Place } from './options.js';
import { checkEngineOptions, type Device, type Engine, type EngineOptions } from './options.js';

/**
 * The place that options ask for, on this machine. The default, onnx on cpu, is not looked for.
 *
 * @param prefix Stands before the options' names in errors, as in 'fit.device'.
 * @throws InvalidOptionError when they cannot be used, or the device is not available here: with
 * what is, and how to get the other.
 */
export async function choosePlace(
  options: EngineOptions,
  prefix: string,
  machine: Machine = thisMachine,
): Promise<Place> {
  checkEngineOptions(options, prefix);
  const { engine = 'onnx', device, threads = 1 } = options;
  if (device !== undefined) {
    const entry = entryOf(engine, device);
    await assertAvailable(entry, prefix, machine);
    return { engine: entry.engine, device, threads };
  }
  if (engine === 'onnx') return { engine, device: 'cpu', threads };
  const preferred = deviceEntries.filter((entry) =>
    engine === 'tfjs' ? entry.engine === 'tfjs' : entry.device === 'tfjs-node-gpu',
  );
  for (const entry of preferred) {
    const { available } = await availabilityOf(entry, machine);
    if (available) return { engine: entry.engine, device: entry.device, threads: 1 };
  }
  return { engine: 'onnx', device: 'cpu', threads };
}

/** The entry of a device; with 'auto' the first that has the name. */
function entryOf(engine: 'auto' | Engine, device: Device): DeviceEntry {
  return deviceEntries.find(
    (entry) => entry.device === device && (engine === 'auto' || entry.engine === engine),
  ) as DeviceEntry;
}

async function assertAvailable(
  entry: DeviceEntry,
  prefix: string,
  machine: Machine,
): Promise<void> {
  const { available, reason } = await availabilityOf(entry, machine);
  if (available) return;
  const others = await Promise.all(
    deviceEntries.map(async (each): Promise<[DeviceEntry, Availability]> => {
      return [each, await availabilityOf(each, machine)];
    }),
  );
  const usable = others
    .filter(([, { available }]) => available)
    .map(([{ engine, device }]) => `${engine} ${device}`);
  throw new InvalidOptionError(
    `${prefix}device is not available here: ${entry.device} (${reason}). Available: ` +
      `${usable.join(', ')}. To get ${entry.device}: ${entry.remedy}`,
  );
}
