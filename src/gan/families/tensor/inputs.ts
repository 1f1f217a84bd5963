import type { TensorSpecs } from '../../../compute/tensor.js';
import type { LayerNoise } from '../../../nn/network.js';
import type { InputSource, StepInputs } from '../../../nn/step-inputs.js';
import { augmentationNumbers } from '../../regularizers/diff-augment.js';
import type { TensorRecipe } from './recipe.js';
import type { TensorGan } from './tensor-gan.js';

/** Name of an input of one update of a network: 'critic0/', 'critic1/', … or 'generator/'. */
export const criticUpdate = (k: number) => `critic${k}/`;
export const generatorUpdate = 'generator/';

/** Name of the input that is 1 in steps for the generator too, and 0 in those for the critic alone. */
export const generatorTurn = 'generatorTurn';

/** Names of the masks of one use of a network. */
export function maskNames(use: string, masks: readonly LayerNoise[] = []): string[] {
  return masks.map((_, k) => `${use}Mask${k}`);
}

/** What one training step is fed, besides the state. */
export function trainingInputs(gan: TensorGan): StepInputs {
  const { criticSteps, shareLatent } = gan.recipe;
  const updates = Array.from({ length: criticSteps }, (_, k) =>
    prefixed(criticUpdate(k), criticInputs(gan)),
  );
  const { latent, label, ...others } = generatorInputs(gan);
  const own = { ...(latent ? { latent } : {}), ...(label ? { label } : {}) };
  return {
    ...Object.assign({}, ...updates),
    ...prefixed(generatorUpdate, shareLatent ? others : { ...own, ...others }),
    ...(gan.recipe.warmUp ? { [generatorTurn]: input('data', []) } : {}),
  };
}

function criticInputs(gan: TensorGan): StepInputs {
  const { recipe, shape, classes } = gan;
  const { batch, pack, gradientPenalty, r1Penalty } = recipe;
  const masksFor = (use: string) => maskInputs(use, gan.critic.masks, batch / pack);
  return {
    real: input('data', [batch, ...shape]),
    ...(classes > 0 ? { realLabel: input('data', [batch, classes]) } : {}),
    ...labelled(gan, batch),
    ...augmentationInputs(gan, 'real'),
    ...augmentationInputs(gan, 'fake'),
    ...maskInputs('generator', gan.generator.masks, batch),
    ...masksFor('real'),
    ...masksFor('fake'),
    ...(gradientPenalty > 0
      ? { interpolation: input('uniform', [batch / pack, 1]), ...masksFor('between') }
      : {}),
    ...(r1Penalty > 0 ? masksFor('penalty') : {}),
  };
}

function generatorInputs(gan: TensorGan): StepInputs {
  const { batch, pack } = gan.recipe;
  return {
    ...labelled(gan, batch),
    ...augmentationInputs(gan, 'fake'),
    ...maskInputs('generator', gan.generator.masks, batch),
    ...maskInputs('fake', gan.critic.masks, batch / pack),
  };
}

/** What sampling needs to know of a recipe. */
export type LatentSpec = Pick<TensorRecipe, 'latent' | 'latentDistribution'>;

/** What the generator is fed to make `rows` tensors; `anyBatch` stands for any number. */
export function samplingInputs(
  { latent, latentDistribution }: LatentSpec,
  classes: number,
  rows: number,
): StepInputs {
  const filling = latentDistribution === 'uniform' ? 'symmetricUniform' : 'normal';
  return {
    latent: input(filling, [rows, latent]),
    ...(classes > 0 ? { label: input('data', [rows, classes]) } : {}),
  };
}

/** What the generator gives. */
export function samplingOutputs(shape: readonly number[], rows: number) {
  // Generators of every kind call it so: saved ones of images have it in their files.
  const images = { shape: [rows, ...shape], dtype: 'float32' } as const;
  return { images } satisfies TensorSpecs;
}

function labelled({ recipe, classes }: TensorGan, rows: number): StepInputs {
  return samplingInputs(recipe, classes, rows);
}

function augmentationInputs(
  { recipe: { batch, augmentations } }: TensorGan,
  use: string,
): StepInputs {
  const numbers = augmentationNumbers(augmentations);
  return numbers === 0 ? {} : { [`${use}Augmentation`]: input('uniform', [batch, numbers]) };
}

function maskInputs(use: string, masks: readonly LayerNoise[] = [], rows: number): StepInputs {
  const names = maskNames(use, masks);
  return Object.fromEntries(
    masks.map((mask, k) => [
      names[k],
      'uniforms' in mask
        ? input('uniform', [mask.uniforms])
        : input({ dropout: mask.rate }, [rows, ...mask.shape]),
    ]),
  );
}

function input(source: InputSource, shape: readonly number[]) {
  return { source, shape, dtype: 'float32' } as const;
}

function prefixed(prefix: string, inputs: StepInputs): StepInputs {
  return Object.fromEntries(Object.entries(inputs).map(([name, x]) => [prefix + name, x]));
}
