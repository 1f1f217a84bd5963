import { relu, softmax } from '../../../../nn/layers/activations.js';
import { convolution1d } from '../../../../nn/layers/convolution-1d.js';
import { dense } from '../../../../nn/layers/dense.js';
import { joinLabel, projectLabel } from '../../../../nn/layers/labels.js';
import { residual } from '../../../../nn/layers/residual.js';
import { sequential } from '../../../../nn/sequential.js';
import { scaled } from '../../../features/levels.js';
import type { TensorCriticArgs, TensorGeneratorArgs } from '../opaque-recipe.js';
import { tensorDefaults } from '../recipe.js';
import type { TextRecipe } from './recipe.js';

/** Channels of each layer: the paper has 512. */
const width = 64;

/** Residual blocks of each network. */
const blocks = 5;

/** Two convolutions over five characters each, of which 0.3 is added to what comes in. */
const block = (filters: number) => {
  const layer = convolution1d(filters, { kernel: 5, initializer: 'glorot' });
  return residual([relu, layer, relu, layer], 0.3);
};

/** Latent vector and label → a line of channels, whose symbols residual blocks agree on. */
function generator({ latent, widthMultiplier, classes, shape }: TensorGeneratorArgs) {
  const [length = 0, symbols = 0] = shape;
  const filters = scaled(width, widthMultiplier);
  return sequential({ shape: [latent], classes }, [
    joinLabel(),
    dense([length, filters], { initializer: 'glorot' }),
    ...Array.from({ length: blocks }, () => block(filters)),
    convolution1d(symbols, { kernel: 1, initializer: 'glorot' }),
    softmax,
  ]);
}

/** The mirror of the generator; with labels, how well a text suits its own is added to the score. */
function critic({ widthMultiplier, classes, outputs, shape }: TensorCriticArgs) {
  const filters = scaled(width, widthMultiplier);
  return sequential({ shape, classes }, [
    convolution1d(filters, { kernel: 1, initializer: 'glorot' }),
    ...Array.from({ length: blocks }, () => block(filters)),
    outputs === 1 ? projectLabel : dense(outputs, { initializer: 'glorot' }),
  ]);
}

/**
 * The character-level WGAN-GP of Gulrajani et al. (2017): ten updates of the critic a step, one-hot
 * texts against softmax outputs. `widthMultiplier` 8 has the paper's 512 channels, which overfit even
 * its corpus of a billion words. With labels, which the paper has not, they are joined to the latent
 * vector and projected by the critic.
 */
export const textWganGp: TextRecipe = {
  ...tensorDefaults,
  longest: 64,
  latent: 128,
  epochs: 100,
  generator,
  critic,
  loss: 'wasserstein',
  gradientPenalty: 10,
  criticSteps: 10,
  criticOptimizer: { kind: 'adam', learningRate: 1e-4, betas: [0.5, 0.9] },
  generatorOptimizer: { kind: 'adam', learningRate: 1e-4, betas: [0.5, 0.9] },
};

/**
 * The same with one update of the critic a step, at three times the generator's rate (TTUR, Heusel et al.
 * 2017, who train this very network so), and a running average of the generator: a step takes about a
 * seventh of the time.
 */
export const text: TextRecipe = {
  ...textWganGp,
  criticSteps: 1,
  emaDecay: 0.999,
  criticOptimizer: { kind: 'adam', learningRate: 3e-4, betas: [0.5, 0.9] },
};

/** Every recipe for texts by its name. */
export const textRecipes = { text, 'text-wgan-gp': textWganGp } satisfies Record<
  string,
  TextRecipe
>;
