import '@tensorflow/tfjs-backend-cpu';
import { keep, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { checkFeed, type Feed, feedOfStep, type Program, runShape } from '../program.js';
import {
  type HostTensor,
  type HostTensors,
  mapEntries,
  type StepFunction,
  type TensorSpecs,
} from '../tensor.js';
import { withBackend } from '../with-backend.js';

const backend = 'cpu';

/** Runs `step` eagerly, op by op, on tfjs's plain CPU backend: slow, and the reference for others. */
export function compileTfjs(step: StepFunction, state: HostTensors, inputs: TensorSpecs): Program {
  let current = withBackend(backend, () => mapEntries(state, (host) => keep(tensorOf(host))));

  const runStep = (feed: Feed): HostTensors =>
    withBackend(backend, () => {
      const fed = mapEntries(inputs, (spec, name) =>
        tensorOf({ ...spec, values: feed[name] as Float32Array }),
      );
      const result = step(current, fed);
      const outputs = mapEntries(result.outputs, hostOf);
      const previous = current;
      current = mapEntries(result.state, (next) => keep(next));
      const kept = new Set(Object.values(current));
      for (const old of Object.values(previous)) if (!kept.has(old)) old.dispose();
      return outputs;
    });

  return {
    engine: 'tfjs',
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
