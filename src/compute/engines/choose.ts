import { ComputeError, InvalidOptionError } from '../../errors.js';
import { wasmNotice } from '../onnx/default-device.js';
import { availabilityOf, type Machine, thisMachine } from './availability.js';
import { type DeviceEntry, deviceEntries } from './devices.js';
import type { ExecutionTarget } from './options.js';
import { checkEngineOptions, type Device, type Engine, type EngineOptions } from './options.js';

/** Where to compute, and what there is to say about it: what was wanted more does not work. */
export interface ChosenPlace {
  readonly target: ExecutionTarget;
  readonly notice?: string | undefined;
}

/**
 * The execution target that options ask for, on this machine. What is not as a user would expect is said, once.
 *
 * @param prefix Stands before the options' names in errors, as in 'fit.device'.
 * @throws InvalidOptionError when they cannot be used, or the device is not available here: with
 * what is, and how to get the other; ComputeError when onnxruntime's native library is asked for and
 * cannot be loaded.
 */
export async function choosePlace(
  options: EngineOptions,
  prefix: string,
  machine: Machine = thisMachine,
): Promise<ChosenPlace> {
  checkEngineOptions(options, prefix);
  const { engine = 'auto', device, threads = 1 } = options;
  if (device !== undefined)
    return { target: await placeOn(engine, device, threads, prefix, machine) };
  const chosen = engine === 'tfjs' ? await chooseTfjs(prefix, machine) : await chooseOnnx(machine);
  if (engine === 'onnx' && chosen.notice) await placeOn(engine, 'cpu', threads, prefix, machine);
  if (chosen.notice) machine.say(chosen.notice);
  const { target, notice } = chosen;
  return { target: target.device === 'cpu' ? { ...target, threads } : target, notice };
}

async function placeOn(
  wanted: 'auto' | Engine,
  device: Device,
  threads: number,
  prefix: string,
  machine: Machine,
): Promise<ExecutionTarget> {
  // With 'auto' the first that has the name.
  const entry = deviceEntries.find(
    (entry) => entry.device === device && (wanted === 'auto' || entry.engine === wanted),
  ) as DeviceEntry;
  await assertAvailable(entry, prefix, machine);
  return { engine: entry.engine, device, threads };
}

async function chooseOnnx(machine: Machine): Promise<ChosenPlace> {
  const problem = await machine.nativeProblem();
  if (problem === undefined) return { target: { engine: 'onnx', device: 'cpu', threads: 1 } };
  return { target: { engine: 'onnx', device: 'wasm', threads: 1 }, notice: wasmNotice(problem) };
}

/** The first device of tfjs that works. */
async function chooseTfjs(prefix: string, machine: Machine): Promise<ChosenPlace> {
  const problems: string[] = [];
  const entries = deviceEntries.filter(({ engine }) => engine === 'tfjs');
  for (const entry of entries) {
    const { device } = entry;
    const { available, reason } = await availabilityOf(entry, machine);
    if (available) {
      const notice =
        device === 'cpu'
          ? "engine 'tfjs' computes in plain JavaScript, which takes some hundred times as long as " +
            `engine 'onnx': ${problems.join('; ')}`
          : undefined;
      return { target: { engine: 'tfjs', device, threads: 1 }, notice };
    }
    problems.push(`${device} does not work (${reason})`);
  }
  throw new InvalidOptionError(
    `${prefix}engine is not available here: tfjs: ${problems.join('; ')}. Install one of ` +
      `${entries.map(({ packages: [name] }) => name).join(', ')}, or leave the engine out`,
  );
}

async function assertAvailable(
  entry: DeviceEntry,
  prefix: string,
  machine: Machine,
): Promise<void> {
  const { available, reason, remedy } = await availabilityOf(entry, machine);
  if (available) return;
  const others = await Promise.all(
    deviceEntries.map(async (each) => ({ ...each, ...(await availabilityOf(each, machine)) })),
  );
  const usable = others
    .filter(({ available }) => available)
    .map(({ engine, device }) => `${engine} ${device}`);
  const text =
    `${prefix}device is not available here: ${entry.device} (${reason}). Available: ` +
    `${usable.join(', ') || 'nothing'}. To get ${entry.device}: ${remedy}`;
  const isNative = entry.engine === 'onnx' && entry.device === 'cpu';
  throw isNative ? new ComputeError(text) : new InvalidOptionError(text);
}
