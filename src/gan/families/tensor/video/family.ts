import { videoLayout } from '../../../../encode/video/layout.js';
import { fitVideo, videoLooks } from '../../../../encode/video/video.js';
import { tensorFamily } from '../family.js';
import type { TensorKind } from '../kind.js';
import { contactSheet } from './contact-sheet.js';
import { videoDimensions } from './dimensions.js';
import { randomVideoFeatures } from './features.js';
import { type VideoRecipe, videoRecipes } from './recipes.js';

/** Clips on a contact sheet, at most. */
const mostClips = 16;

/** Videos: tensors [frames, height, width, channels]. */
export const videoKind: TensorKind<VideoRecipe, keyof typeof videoRecipes> = {
  name: 'video',
  recipes: videoRecipes,
  defaultRecipe: 'video',
  options: {},
  suits: ({ fields }) => fields.some((field) => videoLayout(field) !== undefined),
  nouns: ['video', 'videos'],
  looks: videoLooks,
  columns: ({ schema: { fields } }) => fields.filter((field) => videoLayout(field) !== undefined),
  fit: fitVideo,
  dimensions: videoDimensions,
  features: ({ shape }) => randomVideoFeatures(videoDimensions(shape)),
  draw: ({ shape }, values, columns) => firstClips(values, shape, columns),
  problem: ({ augmentations }) =>
    augmentations.length > 0
      ? `'augmentations' are for images, not for videos: ${augmentations.join(', ')}`
      : undefined,
};

/** The first clip of each row of clips; none of two channels, which are no picture. */
function firstClips(values: Float32Array, shape: readonly number[], columns: number) {
  if (shape[3] === 2) return undefined;
  const size = shape.reduce((product, length) => product * length, 1);
  const clips = Math.min(Math.floor(values.length / size / columns), mostClips);
  const first = Array.from({ length: clips }, (_, clip) =>
    values.subarray(clip * columns * size, (clip * columns + 1) * size),
  );
  return contactSheet(first, shape, 1);
}

/** GANs for a column of videos, with or without a column of labels. */
export const videoFamily = tensorFamily(videoKind);
