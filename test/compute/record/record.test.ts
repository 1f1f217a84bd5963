import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { record } from '../../../src/compute/record/record.js';
import type { StepFunction } from '../../../src/compute/tensor.js';
import { ComputeError } from '../../../src/errors.js';

const matrix = { shape: [2, 3], dtype: 'float32' } as const;
const recordOutputs = (body: (x: tf.Tensor) => Record<string, tf.Tensor>) =>
  record((_state, { x }) => ({ state: {}, outputs: body(x as tf.Tensor) }), {}, { x: matrix });

describe('record', () => {
  it('should name the op that reads a value, and say what to do', () => {
    const reading = () => recordOutputs((x) => ({ y: tf.scalar(x.dataSync()[0] as number) }));

    expect(reading).toThrow(ComputeError);
    expect(reading).toThrow(/cannot read a value while it is recorded \(dataSync/);
  });

  it('should name a kernel that it does not know, its tensors, and where to add it', () => {
    const unknown = () => recordOutputs((x) => ({ y: tf.topk(x, 2).values }));

    expect(unknown).toThrow(ComputeError);
    expect(unknown).toThrow(
      /'TopK' cannot be recorded yet: x float32\[2,3\], k 2, sorted true\..*src\/compute\/record\/kernels/s,
    );
  });

  it('should name a kernel of another package that it does not know', () => {
    const unknown = () => recordOutputs((x) => ({ y: tf.engine().runKernel('Foreign', { x }) }));

    expect(unknown).toThrow(ComputeError);
    expect(unknown).toThrow(/'Foreign' cannot be recorded yet\. .*src\/compute\/record\/kernels/s);
  });

  it('should name a kernel whose gradient it does not know, and where to add it', () => {
    const unknown = () => recordOutputs((x) => ({ y: tf.grad((z) => tf.sum(tf.prod(z, 1)))(x) }));

    expect(unknown).toThrow(ComputeError);
    expect(unknown).toThrow(/'Prod' has no gradient yet.*src\/compute\/gradients/s);
  });

  it('should refuse a tensor that was made outside the step', () => {
    const outside = record(
      (_state, { x }) => ({ state: {}, outputs: { y: x as tf.Tensor } }),
      {},
      { x: matrix },
    );
    let leaked: tf.Tensor | undefined;
    recordOutputs((x) => {
      leaked = x;
      return { y: x };
    });

    const using = () => recordOutputs((x) => ({ y: tf.add(x, leaked as tf.Tensor) }));

    expect(outside.outputs).toHaveProperty('y');
    expect(using).toThrow(/made outside the step/);
  });

  it.each<[string, StepFunction]>([
    ['changes its shape', ({ s }) => ({ state: { s: tf.sum(s as tf.Tensor, 0) }, outputs: {} })],
    ['goes missing', () => ({ state: {}, outputs: {} })],
  ])('should refuse a state that %s', (_name, step) => {
    expect(() => record(step, { s: matrix }, {})).toThrow(/state 's' must keep its type and shape/);
  });

  it('should refuse an output with the name of an input', () => {
    expect(() => recordOutputs((x) => ({ x: tf.square(x) }))).toThrow(/'x' is twice/);
  });

  it('should record the same work once, and nothing for ones and zeros', () => {
    const { graph } = recordOutputs((x) => {
      const slope = tf.grad((z) => tf.sum(tf.mul(tf.add(z, tf.zeros([2, 3])), 3)))(x);
      return { a: tf.add(slope, tf.exp(x)), b: tf.exp(x), c: tf.mul(tf.exp(x), tf.ones([2, 3])) };
    });

    // The slope is 3 everywhere, known without computing; exp is shared by all three outputs.
    expect(graph.nodes.map((node) => node.operator)).toEqual(
      expect.arrayContaining(['Exp', 'Add']),
    );
    expect(graph.nodes.filter((node) => node.operator === 'Exp')).toHaveLength(1);
    expect(graph.nodes.filter((node) => node.operator === 'Mul').length).toBeLessThanOrEqual(1);
  });
});
