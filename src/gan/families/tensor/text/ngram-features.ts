import { cast, concat, equal, max, mean, relu, type Tensor } from '@tensorflow/tfjs-core';
import { convolution1d } from '../../../../nn/layers/convolution-1d.js';
import { scope, unscope } from '../../../../nn/scope.js';
import { sequential } from '../../../../nn/sequential.js';
import { createRandom } from '../../../../random.js';
import { featureSize } from '../../../features/random-features.js';
import type { TensorFeatures } from '../../../features/tensor-features.js';

/** Symbols that features look at together. */
const spans = [1, 2, 3, 4] as const;

/**
 * Features of texts [rows, length, symbols] by random convolutions over one to four symbols, averaged over
 * the text: which n-grams it has. Of softmax outputs the likeliest symbols count.
 */
export function ngramFeatures(shape: readonly number[]): TensorFeatures {
  const random = createRandom('features of texts');
  const networks = spans.map((kernel) => ({
    prefix: `${kernel}/`,
    network: sequential({ shape, classes: 0 }, [
      convolution1d(featureSize / spans.length, { kernel }),
    ]),
  }));
  return {
    weights: Object.assign(
      {},
      ...networks.map(({ prefix, network }) =>
        unscope(network.create(random.fork(prefix)), prefix),
      ),
    ),
    apply(state, texts) {
      const chosen: Tensor = cast(equal(texts, max(texts, -1, true)), 'float32');
      return concat(
        networks.map(({ prefix, network }) => {
          const { y } = network.apply(scope(state, prefix), chosen, { training: false });
          return mean(relu(y), 1);
        }),
        1,
      );
    },
  };
}
