import { Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from '../compute/tensor.js';
import { assertGiven } from '../options/given.js';
import type { BuiltLayer, InputSpec, Layer } from './layer.js';
import type { LayerNoise, Network } from './network.js';

/** A network of layers, one after the other; the names of its weights begin with the layer's place. */
export function sequential(
  input: InputSpec,
  layers: readonly Layer[],
): Network & {
  /** Shape of one row of what goes out. */
  readonly shape: readonly number[];
} {
  assertGiven(input, 'input', 'the shape and classes of the input');
  assertGiven(layers, 'layers', 'an array of layers');
  const placed: BuiltLayer[] = [];
  let shape = input.shape;
  for (const layer of layers) {
    const next = layer({ ...input, shape });
    placed.push(next);
    shape = next.shape;
  }
  return {
    shape,
    masks: placed.flatMap(({ mask }): LayerNoise[] => (mask ? [mask] : [])),
    create: (random) =>
      Object.assign({}, ...placed.map((layer, k) => layer.create?.(`${k}`, random) ?? {})),
    apply(state, x, { masks = [], ...options }) {
      const updates: Tensors = {};
      let [y, mask] = [x, 0];
      placed.forEach((layer, k) => {
        const own = layer.mask ? masks[mask++] : undefined;
        const made = layer.apply(state, `${k}`, y, { ...options, mask: own });
        if (made instanceof Tensor) {
          y = made;
        } else {
          y = made.y;
          Object.assign(updates, made.updates);
        }
      });
      return { y, updates };
    },
  };
}
