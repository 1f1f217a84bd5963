import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { HostTensors, Tensors } from '../compute/tensor.js';
import type { Random } from '../random.js';

/** What a network does besides its output. */
export interface CallOptions {
  /** Whether batches normalise themselves; else the running statistics do. */
  readonly training: boolean;
  /** One-hot labels [rows, classes], if there are labels. */
  readonly label?: Tensor2D | undefined;
  /** What units are multiplied by, one tensor for each of the network's `masks`. */
  readonly masks?: readonly Tensor[] | undefined;
}

/** Units of which a share is dropped: noise that the training loop draws. */
export interface DropoutMask {
  /** Share of the units that is dropped, in [0, 1). */
  readonly rate: number;
  /** Shape of the units of one row. */
  readonly shape: readonly number[];
}

/** Random numbers that all rows share. */
export interface SharedUniforms {
  /** How many, uniform in (0, 1). */
  readonly uniforms: number;
}

/** Randomness of one layer in training, which the training loop draws. */
export type LayerNoise = DropoutMask | SharedUniforms;

/**
 * A network as plain functions. Its weights have names of its own, such as 'hidden/weight'; names
 * that end in '/runningMean' or '/runningVariance' are statistics, which no gradient changes.
 */
export interface Network {
  /** Its weights before the first step. */
  create(random: Random): HostTensors;
  /** x [rows, …] → y [rows, …], in tfjs ops, and the new value of each running statistic. */
  apply(
    state: Tensors,
    x: Tensor,
    options: CallOptions,
  ): {
    /** What goes out. */
    readonly y: Tensor;
    /** The new value of each running statistic. */
    readonly updates?: Tensors | undefined;
  };
  /** Default: none is dropped. */
  readonly masks?: readonly LayerNoise[] | undefined;
}
