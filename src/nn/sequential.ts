import { Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from '../compute/tensor.js';
import type { Layer, Place, PlacedLayer } from './layer.js';
import type { Mask, Network } from './network.js';

/** A network of layers, one after the other; the names of its weights begin with the layer's place. */
export function sequence(
  place: Place,
  layers: readonly Layer[],
): Network & { readonly shape: readonly number[] } {
  const placed: PlacedLayer[] = [];
  let shape = place.shape;
  for (const layer of layers) {
    const next = layer({ ...place, shape });
    placed.push(next);
    shape = next.shape;
  }
  return {
    shape,
    masks: placed.flatMap(({ mask }): Mask[] => (mask ? [mask] : [])),
    create: (random) =>
      Object.assign({}, ...placed.map((layer, k) => layer.create?.(`${k}`, random) ?? {})),
    apply(state, x, { masks = [], ...use }) {
      const updates: Tensors = {};
      let [y, mask] = [x, 0];
      placed.forEach((layer, k) => {
        const own = layer.mask ? masks[mask++] : undefined;
        const made = layer.apply(state, `${k}`, y, { ...use, mask: own });
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
