import { keep, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { ComputeError } from '../../errors.js';
import type { TfjsDevice } from '../engines/options.js';
import { checkFeed, type Feed, feedOfStep, type Program, runShape } from '../program.js';
import {
  type HostTensor,
  type HostTensors,
  mapEntries,
  type StepFunction,
  type TensorSpecs,
} from '../tensor.js';
import { withBackend } from '../with-backend.js';
import { loadBackend } from './load-backend.js';

/**
 * Runs `step` eagerly, op by op, on a backend of tfjs. The plain 'cpu' is slow, and the reference
 * for all others.
 */
export async function compileTfjs(
  step: StepFunction,
  state: HostTensors,
  inputs: TensorSpecs,
  device: TfjsDevice = 'cpu',
): Promise<Program> {
  const backend = await loadBackend(device);
  let current = withBackend(backend, () => mapEntries(state, (host) => keep(tensorOf(host))));

  const runStep = (feed: Feed): HostTensors =>
    withBackend(backend, () => {
      const fed = mapEntries(inputs, (spec, name) =>
        tensorOf({ ...spec, values: feed[name] as Float32Array }),
      );
      const result = explainKernels(device, () => step(current, fed));
      const outputs = mapEntries(result.outputs, hostOf);
      const previous = current;
      current = mapEntries(result.state, (next) => keep(next));
      const kept = new Set(Object.values(current));
      for (const old of Object.values(previous)) if (!kept.has(old)) old.dispose();
      return outputs;
    });

  return {
    engine: 'tfjs',
    device,
    async run(feed, steps = 1) {
      checkFeed(inputs, feed, steps);
      if (steps === 1) return runStep(feed);
      return stack(Array.from({ length: steps }, (_, k) => runStep(feedOfStep(inputs, feed, k))));
    },
    readState: () => withBackend(backend, () => mapEntries(current, hostOf)),
    async dispose() {
      withBackend(backend, () => {
        for (const old of Object.values(current)) old.dispose();
      });
      current = {};
    },
  };
}

/** tfjs backends lack some kernels; which one, it says in an error of its own. */
function explainKernels<Result>(device: TfjsDevice, body: () => Result): Result {
  try {
    return body();
  } catch (cause) {
    const [, kernel] = /^Kernel '(\w+)' not registered/.exec((cause as Error)?.message) ?? [];
    if (kernel === undefined) throw cause;
    throw new ComputeError(
      `the device '${device}' of tfjs has no kernel: ${kernel}. Use another device, or engine 'onnx'`,
      { cause },
    );
  }
}

function tensorOf({ values, shape, dtype }: HostTensor): Tensor {
  return tensor(values, [...shape], dtype);
}

/** The outputs of several steps as those of one run. */
function stack(runs: readonly HostTensors[]): HostTensors {
  return mapEntries(runs[0] as HostTensors, ({ shape, dtype, values: { length } }, name) => {
    const Values = dtype === 'float32' ? Float32Array : Int32Array;
    const values = new Values(runs.length * length);
    runs.forEach((run, k) => {
      values.set((run[name] as HostTensor).values, k * length);
    });
    return { shape: runShape(shape, runs.length), dtype, values };
  });
}

function hostOf(value: Tensor): HostTensor {
  return {
    shape: value.shape,
    dtype: value.dtype as HostTensor['dtype'],
    values: value.dataSync<'float32'>().slice(),
  };
}
