import { add, mul, Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from '../../compute/tensor.js';
import { InvalidOptionError } from '../../errors.js';
import { assertGiven } from '../../options/given.js';
import type { BuiltLayer, InputSpec, Layer } from '../layer.js';

/**
 * A residual block (He et al. 2016): x [rows, …] → x + scale · layers(x).
 *
 * @throws InvalidOptionError when it is built, for layers that change the shape or draw noise.
 */
export function residual(layers: readonly Layer[], scale = 1): Layer {
  assertGiven(layers, 'residual: layers', 'an array of layers');
  return (input) => {
    const built = build(layers, input);
    return {
      shape: input.shape,
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

function build(layers: readonly Layer[], input: InputSpec): BuiltLayer[] {
  const built: BuiltLayer[] = [];
  let { shape } = input;
  for (const layer of layers) {
    const next = layer({ ...input, shape });
    if (next.mask) throw new InvalidOptionError('residual: layers that draw noise cannot be in it');
    built.push(next);
    shape = next.shape;
  }
  if (shape.join() === input.shape.join()) return built;
  throw new InvalidOptionError(
    `residual: layers must keep the shape [${input.shape}], and make [${shape}] of it`,
  );
}
