import { concat, reshape, type Tensor, tile } from '@tensorflow/tfjs-core';
import { sizeOf, type Tensors } from '../../compute/tensor.js';
import type { Layer } from '../layer.js';
import type { Network } from '../network.js';
import { scope, unscope } from '../scope.js';
import { sequential } from '../sequential.js';
import { convolution } from './convolution.js';
import type { WeightOptions } from './weight-options.js';

/** A network that knows the shape of one row of what it gives. */
type ShapedNetwork = Network & { readonly shape: readonly number[] };

/** Applies layers to each frame by itself: [rows, frames, …] → [rows, frames, …]. They see no label. */
export function perFrame(layers: readonly Layer[]): Layer {
  return (input) => {
    const network = sequential({ shape: input.shape.slice(1), classes: 0 }, layers);
    return perFrameNetwork(network)(input);
  };
}

/** The same with a network for one frame. */
export function perFrameNetwork(network: ShapedNetwork): Layer {
  return ({ shape: [frames = 0, ...frame] }) => ({
    shape: [frames, ...network.shape],
    ...inside(network),
    apply(state, name, x, { training }) {
      const rows = x.shape[0] as number;
      const every = reshape(x, [rows * frames, ...frame]);
      const { y, updates = {} } = network.apply(scope(state, `${name}/`), every, { training });
      return {
        y: reshape(y, [rows, frames, ...network.shape]),
        updates: unscope(updates, `${name}/`),
      };
    },
  });
}

/**
 * Several networks of the same input, each of some layers, and what they give side by side along the
 * last dimension. Each sees the label.
 */
export function branches(...parts: readonly (readonly Layer[])[]): Layer {
  return (input) => {
    const networks = parts.map((layers) => sequential(input, layers));
    const [first] = networks as [ShapedNetwork];
    const last = networks.reduce((sum, { shape }) => sum + (shape.at(-1) as number), 0);
    return {
      shape: [...first.shape.slice(0, -1), last],
      create: (name, random) =>
        Object.assign(
          {},
          ...networks.map((network, k) => inside(network).create(`${name}/${k}`, random)),
        ),
      apply(state, name, x, options) {
        const made = networks.map((network, k) =>
          network.apply(scope(state, `${name}/${k}/`), x, { ...options, masks: [] }),
        );
        const updates: Tensors = {};
        for (const [k, part] of made.entries()) {
          Object.assign(updates, unscope(part.updates ?? {}, `${name}/${k}/`));
        }
        return {
          y: concat(
            made.map(({ y }) => y),
            first.shape.length,
          ),
          updates,
        };
      },
    };
  };
}

/** The weights of a network within a layer. */
function inside(network: ShapedNetwork): Pick<ReturnType<Layer>, 'create'> & {
  create(name: string, random: Parameters<Network['create']>[0]): ReturnType<Network['create']>;
} {
  if (network.masks && network.masks.length > 0) {
    throw new TypeError('a network within a layer cannot draw noise of its own');
  }
  return { create: (name, random) => unscope(network.create(random.fork(name)), `${name}/`) };
}

/** A vector for each frame: [rows, size] → [rows, frames, size], all alike. */
export const repeatFrames =
  (frames: number): Layer =>
  ({ shape }) => ({
    shape: [frames, sizeOf(shape)],
    apply: (_state, _name, x) =>
      tile(reshape(x, [x.shape[0] as number, 1, sizeOf(shape)]), [1, frames, 1]),
  });

/**
 * A convolution along time at each place of the frames: [rows, frames, height, width, channels] →
 * [rows, ⌈frames / stride⌉, height, width, filters]. With one within frames it is a (2+1)-D
 * convolution (Tran et al. 2018).
 */
export function temporalConvolution(
  filters: number,
  { kernel, stride, ...weights }: { kernel: number; stride: number } & WeightOptions,
): Layer {
  return (input) => {
    const [frames = 0, height = 0, width = 0, channels = 0] = input.shape;
    const inner = convolution(filters, { kernel: [kernel, 1], stride: [stride, 1], ...weights })({
      ...input,
      shape: [frames, height * width, channels],
    });
    const shape = [inner.shape[0] as number, height, width, filters];
    return {
      ...inner,
      shape,
      apply(state, name, x, options) {
        const rows = x.shape[0] as number;
        const flat = reshape(x, [rows, frames, height * width, channels]);
        const made = inner.apply(state, name, flat, options) as { y: Tensor; updates: Tensors };
        return { ...made, y: reshape(made.y, [rows, ...shape]) };
      },
    };
  };
}
