import { availableParallelism } from 'node:os';
import { availabilityOf, type Machine, thisMachine } from './availability.js';
import { deviceEntries } from './devices.js';
import type { Device, Engine } from './options.js';

/** A device of an engine, and whether it can be used here. */
export interface EngineReport {
  /** The engine. */
  readonly engine: Engine;
  /** The device of the engine. */
  readonly device: Device;
  /** The npm package that brings it. */
  readonly package: string;
  /** Its version; undefined where it is not installed. */
  readonly version?: string | undefined;
  /** Whether it computes on this machine: it was tried. */
  readonly available: boolean;
  /** Why it cannot be used. */
  readonly reason?: string | undefined;
  /** What to do about that. */
  readonly remedy?: string | undefined;
  /** Most threads that it makes sense to ask for, where that can be chosen. */
  readonly threads?: number | undefined;
}

/**
 * What this machine can compute on: every device of every engine. Each that may be there makes a
 * small training step, in a process of its own; this takes seconds.
 */
export async function inspectEngines(
  machine: Machine = thisMachine,
): Promise<readonly EngineReport[]> {
  return Promise.all(
    deviceEntries.map(async (entry): Promise<EngineReport> => {
      const { engine, device } = entry;
      const {
        package: name,
        available,
        version,
        reason,
        remedy,
      } = await availabilityOf(entry, machine);
      const threads = engine === 'onnx' && device === 'cpu' ? availableParallelism() : undefined;
      const found = { engine, device, package: name, version, available };
      return available ? { ...found, threads } : { ...found, reason, remedy };
    }),
  );
}
