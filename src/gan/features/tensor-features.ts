import type { Tensor } from '@tensorflow/tfjs-core';
import type { HostTensors, Tensors } from '../../compute/tensor.js';

/** A function of tensors that is the same in every process. */
export interface TensorFeatures {
  readonly weights: HostTensors;
  /** Tensors [rows, ...shape] → features [rows, featureSize]. */
  apply(weights: Tensors, tensors: Tensor): Tensor;
}
