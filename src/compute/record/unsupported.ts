import type { TensorInfo } from '@tensorflow/tfjs-core';
import * as core from '@tensorflow/tfjs-core';
import { ComputeError } from '../../errors.js';

/** Every kernel that tfjs names: tfjs exports each name under itself. */
export const kernelNames: readonly string[] = Object.entries(core)
  .filter(([name, value]) => name === value)
  .map(([name]) => name);

/** Says which kernel cannot be recorded, of what, and what to do about it. */
export function unsupported(
  kernel: string,
  inputs: Readonly<Record<string, TensorInfo | TensorInfo[] | undefined>>,
  attributes: object = {},
  options?: ErrorOptions,
): ComputeError {
  const tensors = Object.entries(inputs).flatMap(([name, tensor]) =>
    [tensor ?? []].flat().map(({ dtype, shape }) => `${name} ${dtype}[${shape}]`),
  );
  const settings = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  const of = [...tensors, ...settings].join(', ');
  return new ComputeError(
    `kernel '${kernel}' cannot be recorded yet${of && `: ${of}`}. Write the step with other ops, ` +
      'run it on the tfjs engine, or add the kernel to a file of src/compute/record/kernels, and ' +
      'its gradient to one of src/compute/gradients',
    options,
  );
}

/** The same for what tfjs says of a kernel or gradient that nobody registered; else undefined. */
export function explain(error: unknown): ComputeError | undefined {
  const kernel = /Kernel '(\w+)' not registered/.exec(String(error))?.[1];
  if (kernel) return unsupported(kernel, {}, {}, { cause: error });
  const gradient = /gradient function not found for (\w+)/.exec(String(error))?.[1];
  return gradient
    ? new ComputeError(
        `kernel '${gradient}' has no gradient yet. Write the step with other ops, or add the ` +
          'gradient to a file of src/compute/gradients',
        { cause: error },
      )
    : undefined;
}
