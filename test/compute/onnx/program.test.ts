import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { compile, exportOnnx } from '../../../src/compute/compile.js';
import { readOnnxProblem } from '../../../src/compute/onnx/inspect.js';
import { openOnnx } from '../../../src/compute/onnx/program.js';
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

describe('exportOnnx', () => {
  const scale: StepFunction = ({ factor }, { x }) => ({
    state: {},
    outputs: { y: tf.mul(factor as tf.Tensor, x as tf.Tensor) },
  });
  const model = () =>
    exportOnnx({
      ...source,
      step: scale,
      state: { factor: hostTensor([2], Float32Array.of(3, 4)) },
    });

  it('should give a file with the state as constants, that runs by itself', async () => {
    const program = await openOnnx(model(), source.inputs, {
      y: { shape: [2], dtype: 'float32' },
    });

    const { y } = await program.run(one);

    expect([...(y?.values ?? [])]).toEqual([3, 40]);
    await program.dispose();
  });

  it('should give the same bytes again', () => {
    expect(model()).toEqual(model());
  });

  it('should pass the check of files from outside, and garbage should not', () => {
    const outputs = { y: { shape: [2], dtype: 'float32' } } as const;
    const check = (bytes: Uint8Array) => readOnnxProblem(bytes, source.inputs, outputs);

    expect(check(model())).toBeUndefined();
    expect(check(Uint8Array.of(1, 2, 3))).toMatch(/not an ONNX file/);
    expect(check(new Uint8Array(0))).toMatch(/no graph/);
  });

  it('should be refused with operators or shapes that it should not have', () => {
    const noisy = exportOnnx({
      ...source,
      step: (_state, { x }) => ({ state: {}, outputs: { y: tf.cos(x as tf.Tensor) } }),
      state: {},
    });
    const wide = { y: { shape: [3], dtype: 'float32' } } as const;

    expect(readOnnxProblem(noisy, source.inputs, wide)).toMatch(/operator 'Cos'/);
    expect(readOnnxProblem(model(), source.inputs, wide)).toMatch(/output 'y' has the shape \[2\]/);
    expect(readOnnxProblem(model(), source.inputs, {})).toMatch(/output 'y'/);
  });

  it('should be an error to open garbage', async () => {
    await expect(openOnnx(Uint8Array.of(1, 2, 3), {}, {})).rejects.toThrow(ComputeError);
  });
});
