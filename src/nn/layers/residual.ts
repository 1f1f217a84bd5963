import { add, mul, Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from '../../compute/tensor.js';
import type { BuiltLayer, Layer } from '../layer.js';

/**
 * A residual block: x [rows, …] → x + scale · layers(x), of layers that keep the shape and have no noise
 * of their own.
 */
export function residual(layers: readonly Layer[], scale = 1): Layer {
  return (input) => {
    const built: BuiltLayer[] = [];
    let { shape } = input;
    for (const layer of layers) {
      const next = layer({ ...input, shape });
      built.push(next);
      shape = next.shape;
    }
    return {
      shape,
      create: (name, random) =>
        Object.assign({}, ...built.map((layer, k) => layer.create?.(`${name}/${k}`, random) ?? {})),
      apply(state, name, x, options) {
        const updates: Tensors = {};
        const y = built.reduce((made, layer, k) => {
          const next = layer.apply(state, `${name}/${k}`, made, options);
          if (next instanceof Tensor) return next;
          Object.assign(updates, next.updates);
          return next.y;
        }, x);
        return { y: add(x, mul(y, scale)), updates };
      },
    };
  };
}
