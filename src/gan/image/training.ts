import type { Random } from '../../random.js';
import type { Training } from '../training/train.js';
import { createImageFiller, type ImageSource } from './fill-data.js';
import { trainingInputs } from './inputs.js';
import type { Setup } from './setup.js';
import { initialState } from './state.js';
import { imageStep } from './step.js';

/**
 * The networks of a recipe, to be trained on images.
 *
 * @param random Gives the order of the images.
 */
export function imageTraining(setup: Setup, images: ImageSource, random: Random): Training {
  return {
    inputs: trainingInputs(setup),
    step: imageStep(setup),
    state: (weights) => initialState(setup, weights),
    fillData: createImageFiller(images, setup.recipe, setup.classes, random),
  };
}
