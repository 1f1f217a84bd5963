import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { probe, tidyReason } from '../../../src/compute/engines/probe.js';

describe('probe', () => {
  it.each([
    { engine: 'onnx', device: 'cpu', threads: 1 },
    { engine: 'onnx', device: 'cpu', threads: 2 },
    { engine: 'tfjs', device: 'cpu', threads: 1 },
    { engine: 'tfjs', device: 'wasm', threads: 1 },
  ] as const)('should find that %j computes', async (place) => {
    expect(await probe(place)).toBeUndefined();
  });

  it('should notice a backend that computes wrongly', async () => {
    await probe({ engine: 'tfjs', device: 'cpu', threads: 1 });
    const kernel = tf.getKernel('Sub', 'cpu');
    tf.unregisterKernel('Sub', 'cpu');
    tf.registerKernel({ ...kernel, kernelName: 'Sub', backendName: 'cpu', kernelFunc: addition });

    expect(await probe({ engine: 'tfjs', device: 'cpu', threads: 1 })).toMatch(/wrongly: 4, 5/);
  });
});

const addition: tf.KernelFunc = (call) =>
  (tf.getKernel('Add', 'cpu') as unknown as tf.KernelConfig).kernelFunc(call);

describe('tidyReason', () => {
  it.each([
    [
      'ganAugment: onnxruntime cannot load the graph: /onnxruntime_src/core/webgpu_context.cc:136 ' +
        'onnxruntime::Initialize(const Config&)::<lambda()> status == Success was false. Failed ' +
        'to get a WebGPU adapter: No supported adapters\n\0.',
      'Failed to get a WebGPU adapter: No supported adapters',
    ],
    ["ganAugment: tfjs cannot load its backend 'wasm': it sees no GPU.", 'it sees no GPU'],
    ['a\n\tb', 'a b'],
  ])('should make one short line of %j', (message, reason) => {
    expect(tidyReason(message)).toBe(reason);
  });

  it('should cut what is too long to read', () => {
    expect(tidyReason('x'.repeat(1000)).length).toBeLessThan(250);
  });
});
