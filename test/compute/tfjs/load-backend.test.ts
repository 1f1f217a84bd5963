import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { loadBackend } from '../../../src/compute/tfjs/load-backend.js';
import { ComputeError } from '../../../src/errors.js';

/** A stand-in for tfjs-node or tfjs-node-gpu: it makes itself the backend of the process. */
function standIn(isGPUPackage: boolean, isUsingGpuDevice = isGPUPackage) {
  const loaded: string[] = [];
  const load = (name: string) => {
    loaded.push(name);
    const backend = Object.assign(new tf.KernelBackend(), {
      isGPUPackage,
      isUsingGpuDevice,
      dispose: () => {},
    });
    tf.registerBackend('tensorflow', () => backend, 3);
    tf.setBackend('tensorflow');
  };
  return { loaded, load };
}

const removed = util as unknown as Record<string, ((value: unknown) => boolean) | undefined>;

describe('loadBackend of tfjs-node', () => {
  afterEach(() => tf.removeBackend('tensorflow'));

  it('should load the package, and leave the process the backend that it had', async () => {
    const { load, loaded } = standIn(false);

    expect(await loadBackend('tfjs-node', load)).toBe('tensorflow');

    expect(loaded).toEqual(['@tensorflow/tfjs-node']);
    expect(tf.engine().backendName).toBeUndefined();
  });

  it('should give node:util back what the package calls, before it is loaded', async () => {
    const { isNullOrUndefined, isArray } = removed;
    delete removed.isNullOrUndefined;
    delete removed.isArray;
    let seen: unknown[] = [];
    const { load } = standIn(false);

    await loadBackend('tfjs-node', (name) => {
      seen = [undefined, null, 0].map((value) => removed.isNullOrUndefined?.(value));
      seen.push(removed.isArray?.([]));
      load(name);
    });

    Object.assign(removed, isNullOrUndefined && { isNullOrUndefined }, isArray && { isArray });
    expect(seen).toEqual([true, true, false, true]);
  });

  it.each([
    ['tfjs-node-gpu', standIn(true, false).load, 'it sees no GPU'],
    ['tfjs-node-gpu', standIn(false).load, '@tensorflow/tfjs-node is loaded already'],
    ['tfjs-node', standIn(true).load, '@tensorflow/tfjs-node-gpu is loaded already'],
  ] as const)('should say of %s what is wrong with it', async (device, load, reason) => {
    const loading = loadBackend(device, load);

    await expect(loading).rejects.toThrow(ComputeError);
    await expect(loading).rejects.toThrow(new RegExp(reason));
    expect(tf.engine().backendName).toBeUndefined();
  });
});
