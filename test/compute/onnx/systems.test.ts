import { describe, expect, it } from 'vitest';
import { describeSystem, hasLibrary, thisSystem } from '../../../src/compute/onnx/systems.js';

describe('thisSystem', () => {
  it('should tell the C library on Linux alone', () => {
    const { os, cpu, libc } = thisSystem();

    expect([os, cpu]).toEqual([process.platform, process.arch]);
    expect(libc === undefined).toBe(os !== 'linux');
  });
});

describe('hasLibrary', () => {
  it.each([
    [{ os: 'linux', cpu: 'arm64', libc: 'glibc' }, true],
    [{ os: 'linux', cpu: 'x64', libc: 'musl' }, false],
    [{ os: 'win32', cpu: 'x64' }, true],
    [{ os: 'darwin', cpu: 'x64' }, false],
    [{ os: 'freebsd', cpu: 'x64' }, false],
  ] as const)('should say of %o: %s', (system, has) => {
    expect(hasLibrary(system)).toBe(has);
  });
});

describe('describeSystem', () => {
  it('should name the C library where there are several', () => {
    expect(describeSystem({ os: 'linux', cpu: 'x64', libc: 'musl' })).toBe('linux x64 with musl');
    expect(describeSystem({ os: 'darwin', cpu: 'x64' })).toBe('darwin x64');
  });
});
