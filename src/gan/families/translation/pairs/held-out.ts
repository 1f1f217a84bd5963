import type { ExecutionTarget } from '../../../../compute/engines/options.js';
import { type HostTensors, sizeOf } from '../../../../compute/tensor.js';
import type { Image } from '../../../../data/images/image.js';
import type { TensorEncoder } from '../../../../encode/tensor/encoder.js';
import { scope } from '../../../../nn/scope.js';
import type { Random } from '../../../../random.js';
import type { Score } from '../../../training/training.js';
import { imageShapeOf } from '../columns.js';
import { drawTriplets, shownRows } from '../draw.js';
import type { PairSource } from '../read-pairs.js';
import type { PairRecipe } from '../recipe.js';
import { translateAll } from '../translate-all.js';
import { samplingInputs } from './inputs.js';
import { scorePairs } from './judge.js';
import { createPairGenerator } from './pair-gan.js';
import { translate } from './step.js';

/** Looks at held-out pairs, whole images, each time with the same noise. */
export interface HeldOutPairs {
  score(state: HostTensors, execution: Partial<ExecutionTarget>): Promise<Score>;
  /** What goes in, what a state makes of it, and the truth, side by side. */
  draw(state: HostTensors, execution: Partial<ExecutionTarget>): Promise<Image>;
}

/** @param random Gives the noise. */
export function holdPairs(
  recipe: PairRecipe,
  [from, to]: readonly [TensorEncoder, TensorEncoder],
  pairs: PairSource,
  random: Random,
): HeldOutPairs {
  const [source, target] = [imageShapeOf(from), imageShapeOf(to)];
  const generator = createPairGenerator(recipe, source, target.channels);
  const read = (fill: PairSource['fillSource'], size: number, count: number) => {
    const all = new Float32Array(count * size);
    for (let k = 0; k < count; k++) fill(k, all, k * size);
    return all;
  };
  const look = async (state: HostTensors, execution: Partial<ExecutionTarget>, count: number) => {
    const { images = new Float32Array() } = await translateAll(
      {
        weights: scope(state, 'generator/'),
        inputs: (rows) => samplingInputs(generator, source, rows),
        apply: (weights, inputs) => ({ images: translate({ generator }, weights, inputs) }),
        count,
        fill: pairs.fillSource,
      },
      random,
      execution,
    );
    return {
      sources: read(pairs.fillSource, sizeOf(from.shape), count),
      made: images,
      truths: read(pairs.fillTruth, sizeOf(to.shape), count),
    };
  };
  return {
    async score(state, execution) {
      const { count } = pairs;
      return scorePairs({ count, source, target, ...(await look(state, execution, count)) });
    },
    async draw(state, execution) {
      const count = Math.min(pairs.count, shownRows);
      const { sources, made, truths } = await look(state, execution, count);
      const columns = [
        { values: sources, encoder: from },
        { values: made, encoder: to },
        { values: truths, encoder: to },
      ];
      return drawTriplets(columns, count);
    },
  };
}
