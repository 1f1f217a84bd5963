import '@tensorflow/tfjs-backend-cpu';
import { keep, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { checkFeed, type Program } from '../program.js';
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

  return {
    engine: 'tfjs',
    async run(feed) {
      checkFeed(inputs, feed);
      return withBackend(backend, () => {
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

function hostOf(value: Tensor): HostTensor {
  return {
    shape: value.shape,
    dtype: value.dtype as HostTensor['dtype'],
    values: value.dataSync<'float32'>().slice(),
  };
}
