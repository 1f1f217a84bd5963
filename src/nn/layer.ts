import type { Tensor } from '@tensorflow/tfjs-core';
import type { HostTensors, Tensors } from '../compute/tensor.js';
import type { Random } from '../random.js';
import type { CallOptions, LayerNoise } from './network.js';

/** What a layer is placed in. */
export interface InputSpec {
  /** Shape of one row of what comes in. */
  readonly shape: readonly number[];
  /** Classes of the labels; 0 for none. */
  readonly classes: number;
}

/** A layer that knows what comes in. */
export interface BuiltLayer {
  /** Shape of one row of what goes out. */
  readonly shape: readonly number[];
  /** Weights, each called `name/…`. Default: none. */
  create?(name: string, random: Random): HostTensors;
  /** Default: none. */
  readonly mask?: LayerNoise | undefined;
  /** `mask` is there if the layer has one, unless nothing is to be dropped. */
  apply(
    state: Tensors,
    name: string,
    x: Tensor,
    options: Omit<CallOptions, 'masks'> & { readonly mask?: Tensor | undefined },
  ):
    | Tensor
    | {
        /** What goes out. */
        readonly y: Tensor;
        /** The new value of each running statistic. */
        readonly updates: Tensors;
      };
}

/** One layer of a `sequence`. */
export type Layer = (input: InputSpec) => BuiltLayer;
