import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { ComputeError } from '../../errors.js';
import { switchOffTelemetry } from '../../threads/telemetry.js';
import { findRuntime, nativePackages, wasmPackages } from './runtime-packages.js';
import { describeSystem, hasLibrary, type System, thisSystem } from './systems.js';

/** What is used of onnxruntime, native or as WebAssembly. */
export interface OnnxRuntime {
  readonly InferenceSession: typeof InferenceSession;
  readonly Tensor: typeof Tensor;
  /** Whether a run writes its outputs into tensors that it is given. */
  readonly writesInto: boolean;
}

/** The same, native. */
export interface NativeRuntime extends OnnxRuntime {
  /** Execution providers that it was built with. */
  listSupportedBackends(): readonly { readonly name: string }[];
}

type Import = (name: string) => Promise<unknown>;
const importPackage: Import = (name) => import(name);

/**
 * Loads onnxruntime's native library; nothing else may import it, as its telemetry goes off first.
 *
 * @throws ComputeError where there is none for this machine, or it cannot be loaded.
 */
export async function loadRuntime(
  load: Import = importPackage,
  systemOf: () => System = thisSystem,
): Promise<NativeRuntime> {
  switchOffTelemetry();
  try {
    const module = await loadFirst<NativeRuntime>('native library', nativePackages, load);
    return { ...module, writesInto: true };
  } catch (cause) {
    const system = systemOf();
    if (hasLibrary(system)) throw cause;
    // To install it again, which the cause may ask for, would not help here.
    throw new ComputeError(`onnxruntime has no native library for ${describeSystem(system)}`, {
      cause,
    });
  }
}

/**
 * Loads onnxruntime as WebAssembly, for one thread: two were measured to be slower.
 *
 * @throws ComputeError where it is not installed, or cannot be loaded.
 */
export async function loadWasmRuntime(load: Import = importPackage): Promise<OnnxRuntime> {
  const module = await loadFirst<OnnxRuntime & { env: { wasm: { numThreads?: number } } }>(
    'WebAssembly',
    wasmPackages,
    load,
  );
  module.env.wasm.numThreads = 1;
  return { ...module, writesInto: false };
}

async function loadFirst<Module extends object>(
  kind: string,
  names: readonly string[],
  load: Import,
): Promise<Module> {
  const system = `${process.platform} ${process.arch}`;
  const found = findRuntime(names);
  if (found === undefined) {
    throw new ComputeError(
      `onnxruntime's ${kind} is not installed for ${system}. Install gan-augment again, without omitting optional packages`,
    );
  }
  try {
    const module = (await load(found.name)) as Module & { readonly default?: Module };
    return module.default ?? module;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
    throw new ComputeError(`onnxruntime's ${kind} cannot be loaded on ${system}: ${reason}`, {
      cause,
    });
  }
}
