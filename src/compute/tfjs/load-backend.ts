import { createRequire } from 'node:module';
import { engine, findBackendFactory, type KernelBackend } from '@tensorflow/tfjs-core';
import { ComputeError } from '../../errors.js';
import type { TfjsDevice } from '../engines/options.js';
import { restoreBackend } from '../with-backend.js';

const require = createRequire(import.meta.url);

/** What loads a package. */
type Load = (name: string) => unknown;
const importPackage = (name: string): Promise<unknown> => import(name);

/**
 * Loads the backend of a device, so that `withBackend` can run on it.
 *
 * @returns The name of the backend.
 * @throws ComputeError when it is not installed or cannot be loaded, or sees no GPU and should.
 */
export async function loadBackend(
  device: TfjsDevice,
  load: Load = (name) => require(name),
): Promise<string> {
  try {
    // By variables: bundlers would look for what need not be there.
    if (device === 'cpu') await importPackage('@tensorflow/tfjs-backend-cpu');
    else if (device === 'wasm') await loadWasm(load);
    else loadNode(device, load);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ComputeError(`tfjs cannot load its backend '${device}': ${reason}`, { cause });
  }
  return device === 'cpu' || device === 'wasm' ? device : 'tensorflow';
}

/** Its start takes time, in which tfjs would have no backend: so it is registered when it is up. */
async function loadWasm(load: Load): Promise<void> {
  const name = 'wasm';
  const registered = findBackendFactory(name) !== null;
  load('@tensorflow/tfjs-backend-wasm');
  if (registered && engine().findBackend(name) === null) await engine().ready();
  if (registered) return;
  const start = findBackendFactory(name);
  engine().removeBackend(name);
  const instance = await start();
  // Of the lowest priority, so that it never becomes the backend that tfjs chooses for the user.
  engine().registerBackend(name, () => instance as KernelBackend, 0);
}

/** What the backend of tfjs-node tells of itself. */
interface NodeBackend {
  readonly isGPUPackage: boolean;
  readonly isUsingGpuDevice: boolean;
}

function loadNode(device: 'tfjs-node' | 'tfjs-node-gpu', load: Load): void {
  const previous: string | undefined = engine().backendName;
  try {
    restoreUtil();
    // On loading it makes itself the backend of the process.
    load(`@tensorflow/${device}`);
    const backend = engine().findBackend('tensorflow') as unknown as NodeBackend;
    const wantsGpu = device === 'tfjs-node-gpu';
    if (backend.isGPUPackage !== wantsGpu) {
      throw new Error(`@tensorflow/${wantsGpu ? 'tfjs-node' : 'tfjs-node-gpu'} is loaded already`);
    }
    if (wantsGpu && !backend.isUsingGpuDevice) throw new Error('it sees no GPU');
  } finally {
    restoreBackend(previous);
  }
}

/** Gives node:util back what tfjs-node 4.22 calls, and Node.js 23 took out. */
function restoreUtil(): void {
  const util = require('node:util') as Record<string, unknown>;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}
