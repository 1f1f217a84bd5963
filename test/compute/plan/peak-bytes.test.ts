import {
  add,
  exp,
  matMul,
  mul,
  reshape,
  sum,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/compute/compile.js';
import { peakBytes } from '../../../src/compute/plan/peak-bytes.js';
import { planOf } from '../../../src/compute/plan/plan.js';
import { record } from '../../../src/compute/record/record.js';
import { hostTensor, type StepFunction } from '../../../src/compute/tensor.js';

const row = { x: { shape: [10], dtype: 'float32' } } as const;

/** A step that makes one number of ten. */
const stepOf =
  (make: (x: Tensor) => Tensor): StepFunction =>
  (_state, { x }) => ({ state: {}, outputs: { y: sum(make(x as Tensor)) } });

const peak = (make: (x: Tensor) => Tensor) => peakBytes(planOf(record(stepOf(make), {}, row)));

describe('peakBytes', () => {
  it('should count two values of a chain: what a node reads, and what it makes', () => {
    // Of 40 bytes each.
    expect(peak((x) => exp(exp(exp(exp(x)))))).toBe(80);
  });

  it('should count a value until it is read last', () => {
    // exp(x) waits for exp(exp(exp(x))): with that and exp(exp(x)) it is 120 bytes.
    expect(
      peak((x) => {
        const once = exp(x);
        return mul(once, exp(exp(once)));
      }),
    ).toBe(120);
  });

  it('should count a view as the memory that it shows', () => {
    expect(peak((x) => exp(reshape(exp(reshape(exp(x), [2, 5])), [10])))).toBe(80);
  });

  it('should count the activations of a dense net, but neither weights nor inputs', () => {
    const net: StepFunction = ({ first, second }, { x }) => {
      const hidden = exp(matMul(x as Tensor2D, first as Tensor2D));
      const y = matMul(hidden, second as Tensor2D);
      return {
        state: { first: first as Tensor, second: add(second as Tensor, 1) },
        outputs: { y },
      };
    };
    const state = { first: hostTensor([3, 50]), second: hostTensor([50, 1]) };
    const inputs = { x: { shape: [20, 3], dtype: 'float32' } } as const;

    const plan = planOf(record(net, state, inputs));

    // 20 × 50 numbers before the activation, and as many after it.
    expect(peakBytes(plan)).toBe(2 * 4 * 20 * 50);
  });
});

describe('a compiled program', () => {
  it('should know the bytes of its activations on onnx', async () => {
    const source = { step: stepOf((x) => mul(exp(x), x)), state: {}, inputs: row };

    const program = await compile(source, { engine: 'onnx' });
    await program.dispose();

    expect(program.activationBytes).toBe(80);
  });
});
