import type { TensorSpecs } from '../../../compute/tensor.js';
import type { InputSource, StepInputs } from '../../../nn/step-inputs.js';
import type { SequenceRecipe } from './recipe.js';
import { hasEnds, type SequenceShape, scalarsOf } from './shape.js';

/** Beginnings of the names of the inputs of one update of a network. */
export const criticUpdate = 'critic/';
export const generatorUpdate = 'generator/';

/** The part of a recipe that sampling depends on. */
export type LatentSizes = Pick<SequenceRecipe, 'latent' | 'stepLatent' | 'recurrent'>;

/** The noise that `rows` sequences are made of. */
export function noiseInputs(
  { latent, stepLatent, recurrent }: LatentSizes,
  { attributes, steps, ranged, rollOuts, longest }: SequenceShape,
  rows: number,
): StepInputs {
  const codes = attributes.width - scalarsOf(attributes);
  const stepCodes = steps.width - scalarsOf(steps);
  return {
    ...(attributes.width > 0 ? { latent: input('normal', rows, latent) } : {}),
    ...(codes > 0 ? { gumbel: input('gumbel', rows, codes) } : {}),
    ...(ranged > 0 ? { rangeLatent: input('normal', rows, latent) } : {}),
    hidden: input('normal', rows, recurrent),
    memory: input('normal', rows, recurrent),
    stepLatent: input('normal', rows, rollOuts * stepLatent),
    ...(stepCodes > 0 ? { stepGumbel: input('gumbel', rows, longest * stepCodes) } : {}),
  };
}

/** What one training step is fed, besides the state. */
export function trainingInputs(recipe: SequenceRecipe, shape: SequenceShape): StepInputs {
  const { batch } = recipe;
  const noise = (prefix: string) =>
    Object.fromEntries(
      Object.entries(noiseInputs(recipe, shape, batch)).map(([name, x]) => [prefix + name, x]),
    );
  return {
    real: input('data', batch, sequenceWidth(shape)),
    interpolation: input('uniform', batch, 1),
    ...noise(criticUpdate),
    ...noise(generatorUpdate),
  };
}

/** What the generator is fed: noise, and attributes that are given. */
export function samplingInputs(
  recipe: LatentSizes,
  shape: SequenceShape,
  rows: number,
): StepInputs {
  const { width } = shape.attributes;
  return {
    ...noiseInputs(recipe, shape, rows),
    ...(width > 0
      ? { given: input('data', rows, width), isGiven: input('data', rows, width) }
      : {}),
  };
}

/** What the generator gives: attributes, ranges, the steps of all series, and which of them there are. */
export function samplingOutputs(shape: SequenceShape, rows: number): TensorSpecs {
  const { attributes, ranged, steps, longest } = shape;
  const matrix = (columns: number) => ({ shape: [rows, columns], dtype: 'float32' }) as const;
  return {
    ...(attributes.width > 0 ? { attributes: matrix(attributes.width) } : {}),
    ...(ranged > 0 ? { ranges: matrix(2 * ranged) } : {}),
    steps: matrix(longest * steps.width),
    ...(hasEnds(shape) ? { going: matrix(longest) } : {}),
  };
}

/** Numbers of attributes and ranges. */
export function wholeWidth({ attributes, ranged }: SequenceShape): number {
  return attributes.width + 2 * ranged;
}

/** Numbers of a whole row of sequences: attributes, ranges, steps, and which steps there are. */
export function sequenceWidth(shape: SequenceShape): number {
  const { steps, longest } = shape;
  return wholeWidth(shape) + longest * (steps.width + (hasEnds(shape) ? 1 : 0));
}

function input(source: InputSource, rows: number, columns: number) {
  return { source, shape: [rows, columns], dtype: 'float32' } as const;
}
