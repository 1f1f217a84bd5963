import type { TensorSpecs } from '../../../../compute/tensor.js';
import type { ImageShape } from '../../../../encode/image/layout.js';
import type { Network } from '../../../../nn/network.js';
import type { InputSource, StepInputs } from '../../../../nn/step-inputs.js';
import { augmentationNumbers } from '../../../regularizers/diff-augment.js';
import { sourceInput } from '../../family.js';
import { rateInput } from '../rate.js';
import type { PairGan } from './pair-gan.js';

/** Uses of the augmentation, each with numbers of its own. */
export const augmentedUses = ['real', 'fake', 'generator'] as const;
export type AugmentedUse = (typeof augmentedUses)[number];

export const targetInput = 'target';
export const augmentationInput = (use: AugmentedUse) => `${use}Augmentation`;
export const maskInput = (k: number) => `mask${k}`;

/** What one training step is fed, besides the state. */
export function trainingInputs({ recipe, source, target, generator }: PairGan): StepInputs {
  const { batch, augmentations } = recipe;
  const numbers = augmentationNumbers(augmentations);
  const augmentation = Object.fromEntries(
    augmentedUses.map((use) => [augmentationInput(use), input('uniform', [batch, numbers])]),
  );
  return {
    ...samplingInputs(generator, source, batch),
    [targetInput]: input('data', [batch, ...dimensions(target)]),
    [rateInput]: input('data', []),
    ...(numbers > 0 ? augmentation : {}),
  };
}

/** What the generator is fed to make images of `rows` others; `anyBatch` stands for any number. */
export function samplingInputs(
  { masks = [] }: Pick<Network, 'masks'>,
  source: ImageShape,
  rows: number,
): StepInputs {
  const noise = masks.map((mask, k) => {
    if (!('rate' in mask)) throw new TypeError('the noise of a translation is dropout');
    return [maskInput(k), input({ dropout: mask.rate }, [rows, ...mask.shape])] as const;
  });
  return {
    [sourceInput]: input('data', [rows, ...dimensions(source)]),
    ...Object.fromEntries(noise),
  };
}

/** What the generator gives. */
export function samplingOutputs(target: ImageShape, rows: number) {
  const images = { shape: [rows, ...dimensions(target)], dtype: 'float32' } as const;
  return { images } satisfies TensorSpecs;
}

const dimensions = ({ height, width, channels }: ImageShape) => [height, width, channels];

function input(source: InputSource, shape: readonly number[]) {
  return { source, shape, dtype: 'float32' } as const;
}
