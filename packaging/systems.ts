/** A kind of machine that onnxruntime's official package has a native library for. */
export interface System {
  /** As Node.js calls it: `process.platform` and `process.arch`. */
  readonly os: 'linux' | 'darwin' | 'win32';
  readonly cpu: 'x64' | 'arm64';
  /** The C library, where there are several. */
  readonly libc?: 'glibc';
}

/** All of them. */
export const systems: readonly System[] = [
  { os: 'linux', cpu: 'x64', libc: 'glibc' },
  { os: 'linux', cpu: 'arm64', libc: 'glibc' },
  { os: 'darwin', cpu: 'arm64' },
  { os: 'win32', cpu: 'x64' },
  { os: 'win32', cpu: 'arm64' },
];

/** Name of the package that holds one system's library: the one that src/compute/onnx looks for. */
export function packageOf({ os, cpu }: System): string {
  return `@gan-augment/onnxruntime-${os}-${cpu}`;
}

/** Name of the package that holds the WebAssembly. */
export const wasmPackage = '@gan-augment/onnxruntime-wasm';
