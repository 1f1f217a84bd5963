import type { TensorSpecs } from '../../../../compute/tensor.js';
import type { ImageShape } from '../../../../encode/image/layout.js';
import type { StepInputs } from '../../../../nn/step-inputs.js';
import { augmentationNumbers } from '../../../regularizers/diff-augment.js';
import { sourceInput } from '../../family.js';
import { rateInput } from '../rate.js';
import type { DomainRecipe } from '../recipe.js';

/** Names of the inputs of real images of the two domains. */
export const domainInputs = { from: 'fromImages', to: 'toImages' } as const;

/** Names of the inputs that images are changed by before a critic sees them. */
export const augmentationInput = (use: string) => `${use}Augmentation`;

/** What a step of every recipe for domains is fed, besides the state. */
export function sharedInputs(
  { batch, augmentations }: DomainRecipe,
  image: ImageShape,
  uses: readonly string[],
): StepInputs {
  const numbers = augmentationNumbers(augmentations);
  const images = data([batch, ...dimensions(image)]);
  const uniform = { source: 'uniform', shape: [batch, numbers], dtype: 'float32' } as const;
  return {
    [domainInputs.from]: images,
    [domainInputs.to]: images,
    [rateInput]: data([]),
    ...(numbers > 0
      ? Object.fromEntries(uses.map((use) => [augmentationInput(use), uniform]))
      : {}),
  };
}

/** What a generator is fed to translate `rows` images; `anyBatch` stands for any number. */
export function samplingInputs(image: ImageShape, rows: number): StepInputs {
  return { [sourceInput]: data([rows, ...dimensions(image)]) };
}

/** What a generator gives. */
export function samplingOutputs(image: ImageShape, rows: number) {
  const images = { shape: [rows, ...dimensions(image)], dtype: 'float32' } as const;
  return { images } satisfies TensorSpecs;
}

/** A step's input that is no noise. */
export function data(shape: readonly number[]) {
  return { source: 'data', shape, dtype: 'float32' } as const;
}

const dimensions = ({ height, width, channels }: ImageShape) => [height, width, channels];
