import type { HostTensors } from '../../../compute/tensor.js';

const prefix = 'generator/';
const averaged = 'average/';

/** Reads the generator's weights to make rows with from a state: the averages where there are any. */
export function generatorWeights(state: HostTensors): HostTensors {
  const averages = pick(state, averaged + prefix, averaged.length);
  return averages.length > 0
    ? Object.fromEntries(averages)
    : Object.fromEntries(pick(state, prefix));
}

function pick(state: HostTensors, start: string, cut = 0) {
  return Object.entries(state)
    .filter(([name]) => name.startsWith(start))
    .map(([name, tensor]) => [name.slice(cut), tensor] as const);
}
