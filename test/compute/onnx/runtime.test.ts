import { describe, expect, it } from 'vitest';
import { loadRuntime, loadWasmRuntime } from '../../../src/compute/onnx/runtime.js';
import { ComputeError } from '../../../src/errors.js';

const failing = () => Promise.reject(new Error('libc.musl is missing\nRequire stack:'));

describe('loadRuntime', () => {
  it('should say why the native library cannot be loaded, in one line', async () => {
    const loading = loadRuntime(failing);

    await expect(loading).rejects.toThrow(ComputeError);
    await expect(loading).rejects.toThrow(
      `onnxruntime's native library cannot be loaded on ${process.platform} ${process.arch}: libc.musl is missing.`,
    );
  });

  it.each([
    [{ os: 'linux', cpu: 'x64', libc: 'musl' }, 'linux x64 with musl'],
    [{ os: 'darwin', cpu: 'x64' }, 'darwin x64'],
  ] as const)('should ask nobody to install what does not exist, on %o', async (system, words) => {
    const loading = loadRuntime(failing, () => system);

    await expect(loading).rejects.toThrow(`onnxruntime has no native library for ${words}.`);
  });

  it('should write into tensors that it is given, and WebAssembly should not', async () => {
    expect((await loadRuntime()).writesInto).toBe(true);
    expect((await loadWasmRuntime()).writesInto).toBe(false);
  });

  it('should say why WebAssembly cannot be loaded', async () => {
    await expect(loadWasmRuntime(failing)).rejects.toThrow(/WebAssembly cannot be loaded on/);
  });
});
