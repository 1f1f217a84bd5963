import { grad, matMul, mul, square, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { compile } from '../compile.js';
import { hostTensor, type StepFunction } from '../tensor.js';
import type { ExecutionTarget } from './options.js';

/** One step of gradient descent, 0.5 wide, on the squares of x·weights. */
const step: StepFunction = ({ weights }, { x }) => {
  const loss = (w: Tensor) => sum(square(matMul(x as Tensor, w)));
  const gradient = grad(loss)(weights as Tensor);
  return { state: { weights: sub(weights as Tensor, mul(gradient, 0.5)) }, outputs: {} };
};

/**
 * Makes a small training step on a target, on this thread: loading an engine may print, register
 * backends and crash.
 *
 * @returns What is wrong, in one line; undefined if nothing is.
 */
export async function probe(target: ExecutionTarget): Promise<string | undefined> {
  try {
    const state = { weights: hostTensor([2, 1], Float32Array.of(1, 2)) };
    const program = await compile(
      { step, state, inputs: { x: { shape: [1, 2], dtype: 'float32' } } },
      target,
    );
    await program.run({ x: Float32Array.of(1, 1) });
    const [first = 0, second = 0] = program.readState().weights?.values ?? [];
    // By hand: x·weights is 3, and the gradient 6 for each weight.
    const wrong = Math.abs(first + 2) > 1e-3 || Math.abs(second + 1) > 1e-3;
    return wrong ? `it computes wrongly: ${first}, ${second} for -2, -1` : undefined;
  } catch (error) {
    return tidyReason(error instanceof Error ? error.message : String(error));
  }
}

const mostCharacters = 240;

/** A native library's message without the places in its source, on one line and not too long. */
export function tidyReason(message: string): string {
  const text = message
    .replace(/^ganAugment: /, '')
    .replace(/^(onnxruntime|tfjs) cannot load [^:]*: /, '')
    .replace(/^\/\S+\.(?:cc|h):\d+ .* was false\. /, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/[. ]+$/, '');
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}
