import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/compute/compile.js';
import { openOnnx } from '../../../src/compute/onnx/open-onnx.js';
import { hostTensor, type StepFunction } from '../../../src/compute/tensor.js';
import { ComputeError, InvalidOptionError } from '../../../src/errors.js';

/** Adds x to the total, and gives the total before and after. */
const accumulate: StepFunction = ({ total }, { x }) => ({
  state: { total: tf.add(total as tf.Tensor, x as tf.Tensor) },
  outputs: {
    before: total as tf.Tensor,
    after: tf.add(total as tf.Tensor, x as tf.Tensor),
    constant: tf.tensor1d([5, 6]),
  },
});
const source = {
  step: accumulate,
  state: { total: hostTensor([2], Float32Array.of(1, 2)) },
  inputs: { x: { shape: [2], dtype: 'float32' } },
} as const;
const one = { x: Float32Array.of(1, 10) };

describe.each(['onnx', 'tfjs'] as const)('a program on %s', (engine) => {
  it('should carry its state from run to run, and give outputs that share values', async () => {
    const program = await compile(source, { engine });

    await program.run(one);
    const { before, after, constant } = await program.run(one);

    expect([...(before?.values ?? [])]).toEqual([2, 12]);
    expect([...(after?.values ?? [])]).toEqual([3, 22]);
    expect([...(constant?.values ?? [])]).toEqual([5, 6]);
    expect([...(program.readState().total?.values ?? [])]).toEqual([3, 22]);
    await program.dispose();
  });

  it('should leave the state that it was given untouched', async () => {
    const program = await compile(source, { engine });

    await program.run(one);

    expect([...source.state.total.values]).toEqual([1, 2]);
    await program.dispose();
  });

  it('should make several steps in one run as in as many runs', async () => {
    const [single, several] = [
      await compile(source, { engine }),
      await compile(source, { engine }),
    ];
    const feed = Float32Array.of(1, 10, 2, 20, 3, 30);

    const runs: number[] = [];
    for (let k = 0; k < 3; k++) {
      const { after } = await single.run({ x: feed.subarray(2 * k, 2 * k + 2) });
      runs.push(...(after?.values ?? []));
    }
    const { after, constant } = await several.run({ x: feed }, 3);

    expect(after?.shape).toEqual([3, 2]);
    expect([...(after?.values ?? [])]).toEqual(runs);
    expect([...(constant?.values ?? [])]).toEqual([5, 6, 5, 6, 5, 6]);
    expect(several.readState()).toEqual(single.readState());
    await single.dispose();
    await several.dispose();
  });

  it('should step a state that has no inputs, or does not change', async () => {
    const step: StepFunction = ({ count, fixed }) => ({
      state: { count: tf.add(count as tf.Tensor, fixed as tf.Tensor), fixed: fixed as tf.Tensor },
      outputs: {},
    });
    const state = { count: hostTensor([]), fixed: hostTensor([], Float32Array.of(2)) };
    const program = await compile({ step, state, inputs: {} }, { engine });

    await program.run({}, 4);
    await program.run({});

    expect(program.readState().count?.values[0]).toBe(10);
    expect(program.readState().fixed?.values[0]).toBe(2);
    await program.dispose();
  });

  it('should name an input that is missing or has the wrong size', async () => {
    const program = await compile(source, { engine });

    await expect(program.run({})).rejects.toThrow(/input 'x' must have 2 values for \[2\]: none/);
    await expect(program.run({ x: new Float32Array(3) })).rejects.toThrow(ComputeError);
    await expect(program.run(one, 2)).rejects.toThrow(
      /'x' must have 4 values for 2 times \[2\]: 2/,
    );
    await expect(program.run(one, 0)).rejects.toThrow(/positive whole number of steps: 0/);
    await program.dispose();
  });
});

describe('compile', () => {
  it('should refuse an unknown engine by name', async () => {
    const compiling = compile(source, { engine: 'cuda' as never });

    await expect(compiling).rejects.toThrow(InvalidOptionError);
    await expect(compiling).rejects.toThrow(/engine must be one of onnx, tfjs: cuda/);
  });
});

describe('openOnnx', () => {
  it('should refuse garbage', async () => {
    await expect(openOnnx(Uint8Array.of(1, 2, 3), {}, {})).rejects.toThrow(ComputeError);
  });
});
