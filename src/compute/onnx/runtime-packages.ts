import { packageVersion } from '../engines/packages.js';
import { packageOf } from './systems.js';

/** Onnxruntime's native library for this kind of machine, and nothing else. */
const platformPackage = packageOf({ os: process.platform, cpu: process.arch });

/** Name of the package of ours that holds the WebAssembly. */
export const wasmPackage = '@gan-augment/onnxruntime-wasm';

/**
 * Packages that hold onnxruntime's native library, in the order in which they are taken. Who installs
 * onnxruntime-node does it for the libraries of CUDA that its install script can fetch.
 */
export const nativePackages: readonly string[] = ['onnxruntime-node', platformPackage];

/** Packages that hold onnxruntime as WebAssembly. */
export const wasmPackages: readonly string[] = [wasmPackage, 'onnxruntime-web'];

/** The oldest onnxruntime that is taken: others may be installed for another package's sake. */
const oldest = [1, 30] as const;

/** An installed package, and its version. */
export interface FoundPackage {
  readonly name: string;
  readonly version: string;
}

/** The first package that is installed, in a version that can be used. */
export function findRuntime(
  names: readonly string[],
  versionOf: (name: string) => string | undefined = packageVersion,
): FoundPackage | undefined {
  for (const name of names) {
    const version = versionOf(name);
    if (version !== undefined && isRecent(version)) return { name, version };
  }
  return undefined;
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === oldest[0] && minor >= oldest[1];
}
