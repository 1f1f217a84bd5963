import type { Tensor } from '@tensorflow/tfjs-core';
import { ComputeError } from '../../errors.js';
import { type HostTensors, mapEntries, type StepFunction, type TensorSpecs } from '../tensor.js';
import { withBackend } from '../with-backend.js';
import { backendName, recordingBackend } from './backend.js';
import { createGraph, type Graph, materialize, sameShape, type Value } from './graph.js';
import { explain } from './unsupported.js';

/** A recorded step: its graph, and the values in it that are the state and the outputs. */
export interface Recording {
  readonly graph: Graph;
  /** The state as it comes in: inputs of the graph, or constants. */
  readonly state: Record<string, Value>;
  readonly inputs: Record<string, Value>;
  readonly nextState: Record<string, Value>;
  readonly outputs: Record<string, Value>;
}

/**
 * Calls `step` once and records every kernel that it, and tfjs's automatic differentiation in
 * it, runs.
 *
 * @param state The state's specifications; or, with `freeze`, its values, which become constants
 * of the graph instead of inputs.
 */
export function record(
  step: StepFunction,
  state: TensorSpecs | HostTensors,
  inputs: TensorSpecs,
  { freeze = false }: { freeze?: boolean } = {},
): Recording {
  const backend = recordingBackend();
  const graph = createGraph();
  const declare = (specs: TensorSpecs) =>
    mapEntries(specs, (spec, name) =>
      freeze && 'values' in spec
        ? graph.constant((spec as HostTensors[string]).values, spec.shape, spec.dtype, name)
        : graph.input(name, spec.shape, spec.dtype),
    );
  const before = { state: declare(state), inputs: declare(inputs) };
  const tensorsOf = (values: Record<string, Value>) =>
    mapEntries(values, (value) => backend.tensorOf(value));
  const finish = (tensors: Record<string, Tensor>) =>
    mapEntries(tensors, (tensor) => materialize(graph, backend.recorded(tensor)));

  return withBackend(backendName, () =>
    backend.recordInto(graph, () => {
      const result = explained(() => step(tensorsOf(before.state), tensorsOf(before.inputs)));
      checkNames(state, inputs, result.outputs);
      if (!freeze) checkState(state, result.state);
      const after = { nextState: finish(result.state), outputs: finish(result.outputs) };
      // A step keeps what leaves the scope of a differentiated function; nobody else frees it.
      for (const kept of Object.values(result.state)) kept.dispose();
      return { graph, ...before, ...after };
    }),
  );
}

function checkNames(...groups: readonly object[]): void {
  const names = groups.flatMap((group) => Object.keys(group));
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined) {
    throw new ComputeError(
      `state, inputs and outputs must have different names: '${twice}' is twice`,
    );
  }
}

function checkState(before: TensorSpecs, after: Record<string, Tensor>): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, fresh] = [before[name], after[name]];
    if (!old || !fresh || !sameShape(old.shape, fresh.shape) || old.dtype !== fresh.dtype) {
      const show = (tensor: { dtype: string; shape: readonly number[] } | undefined) =>
        tensor ? `${tensor.dtype}[${tensor.shape}]` : 'nothing';
      throw new ComputeError(
        `state '${name}' must keep its type and shape: ${show(old)} became ${show(fresh)}`,
      );
    }
  }
}

/** tfjs says only that a kernel is not registered; say what to do about it. */
function explained<Result>(body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    throw explain(error) ?? error;
  }
}
