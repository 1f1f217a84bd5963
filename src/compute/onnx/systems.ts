/** A kind of machine, as Node.js calls it. */
export interface System {
  readonly os: NodeJS.Platform;
  readonly cpu: NodeJS.Architecture;
  /** The C library, where there are several. */
  readonly libc?: 'glibc' | 'musl';
}

/** The systems that onnxruntime's official package has a native library for. */
export const systems: readonly System[] = [
  { os: 'linux', cpu: 'x64', libc: 'glibc' },
  { os: 'linux', cpu: 'arm64', libc: 'glibc' },
  { os: 'darwin', cpu: 'arm64' },
  { os: 'win32', cpu: 'x64' },
  { os: 'win32', cpu: 'arm64' },
];

/** Name of the package of ours that holds one system's library. */
export function packageOf({ os, cpu }: Pick<System, 'os' | 'cpu'>): string {
  return `@gan-augment/onnxruntime-${os}-${cpu}`;
}

/** The system of this process. */
export function thisSystem(): System {
  const { platform: os, arch: cpu } = process;
  if (os !== 'linux') return { os, cpu };
  const { header } = process.report.getReport() as { header: Record<string, unknown> };
  return { os, cpu, libc: 'glibcVersionRuntime' in header ? 'glibc' : 'musl' };
}

/** Whether there is a native library for a system. */
export function hasLibrary(system: System): boolean {
  return systems.some(
    ({ os, cpu, libc }) => os === system.os && cpu === system.cpu && libc === system.libc,
  );
}

/** A system in words: `linux x64 with musl`. */
export function describeSystem({ os, cpu, libc }: System): string {
  return libc === undefined ? `${os} ${cpu}` : `${os} ${cpu} with ${libc}`;
}
