import {
  add,
  concat,
  matMul,
  mul,
  reshape,
  sum,
  type Tensor,
  type Tensor2D,
  tile,
} from '@tensorflow/tfjs-core';
import { hostTensor, sizeOf, type Tensors } from '../../compute/tensor.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { wholeNumber } from '../../options/values.js';
import type { Random } from '../../random.js';
import { initializeWeights } from '../initializers.js';
import type { Layer } from '../layer.js';

// Each of these layers does nothing where there are no labels.

const none: Layer = ({ shape }) => ({ shape, apply: (_state, _name, x) => x });

const createEmbedding = (name: string, classes: number, size: number, random: Random) => ({
  [`${name}/embedding`]: initializeWeights([classes, size], 1, { deviation: 1 }, random.fork(name)),
});

/** One-hot [rows, classes] → a learned vector each, [rows, size]. */
function embed(state: Tensors, name: string, label: Tensor): Tensor2D {
  return matMul(label as Tensor2D, state[`${name}/embedding`] as Tensor2D);
}

/** How a label is joined. */
export interface JoinLabelOptions {
  /** Numbers of a learned vector for each class. Default: none, the label is joined one-hot. */
  readonly embedding?: number | undefined;
}

const joinLabelOptions = object<JoinLabelOptions>({ embedding: wholeNumber({ from: 1 }) });

/**
 * Joins the label to a vector, one-hot or as a learned vector of so many numbers; to an image as
 * channels that are the same everywhere. An image or shape is made flat for an embedding.
 */
export function joinLabel(options: JoinLabelOptions = {}): Layer {
  checkOptions(joinLabelOptions, options, 'joinLabel');
  const { embedding } = options;
  return (input) => {
    const { shape, classes } = input;
    if (classes === 0) return none(input);
    const added = embedding ?? classes;
    const isImage = shape.length === 3;
    const [height = 0, width = 0, channels = 0] = shape;
    return {
      shape: isImage ? [height, width, channels + added] : [sizeOf(shape) + added],
      ...(embedding === undefined
        ? {}
        : { create: (name, random) => createEmbedding(name, classes, embedding, random) }),
      apply(state, name, x, { label }) {
        const rows = x.shape[0] as number;
        const code =
          embedding === undefined ? (label as Tensor2D) : embed(state, name, label as Tensor);
        if (!isImage) return concat([reshape(x, [rows, sizeOf(shape)]), code], 1);
        const everywhere = tile(reshape(code, [rows, 1, 1, added]), [1, height, width, 1]);
        return concat([x, everywhere], 3);
      },
    };
  };
}

/** Multiplies a vector by the label's own (ACGAN as in Keras). */
export const multiplyLabel: Layer = (input) => {
  const { shape, classes } = input;
  if (classes === 0) return none(input);
  return {
    shape,
    create: (name, random) => createEmbedding(name, classes, sizeOf(shape), random),
    apply: (state, name, x, { label }) => mul(x, embed(state, name, label as Tensor)),
  };
};

/**
 * One score a row; with labels, how well the row suits its label is added: the product of the row
 * with the label's own vector (Miyato and Koyama 2018).
 */
export const projectLabel: Layer = ({ shape, classes }) => {
  const size = sizeOf(shape);
  return {
    shape: [1],
    create: (name, random) => ({
      [`${name}/weight`]: initializeWeights(
        [size, 1],
        size,
        'uniform',
        random.fork(name, 'weight'),
      ),
      [`${name}/bias`]: hostTensor([1]),
      ...(classes > 0
        ? {
            [`${name}/embedding`]: initializeWeights(
              [classes, size],
              size,
              'uniform',
              random.fork(name),
            ),
          }
        : {}),
    }),
    apply(state, name, x, { label }) {
      const flat = reshape(x, [x.shape[0] as number, size]) as Tensor2D;
      const score = add(
        matMul(flat, state[`${name}/weight`] as Tensor2D),
        state[`${name}/bias`] as Tensor,
      );
      return classes === 0
        ? score
        : add(score, sum(mul(flat, embed(state, name, label as Tensor)), 1, true));
    },
  };
};
