import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { withBackend } from '../../src/compute/with-backend.js';

describe('withBackend', () => {
  it('should leave a process without a backend as it was', async () => {
    expect(tf.engine().backendName).toBeUndefined();
    await import('@tensorflow/tfjs-backend-cpu');

    withBackend('cpu', () => tf.square(2).dataSync());

    expect(tf.engine().backendName).toBeUndefined();
    expect(tf.square(3).dataSync()[0]).toBe(9);
  });

  it('should give the process its own backend back, also after an error', async () => {
    tf.registerBackend('own', () => tf.findBackend('cpu'));
    tf.setBackend('own');

    const failing = () =>
      withBackend('cpu', () => {
        throw new Error('no');
      });

    expect(failing).toThrow('no');
    expect(tf.getBackend()).toBe('own');
  });
});
