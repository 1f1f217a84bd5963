import type { Schema } from 'apache-arrow';
import { drawSounds } from '../../../../encode/pictures/draw-sounds.js';
import { holdsSounds, soundLayout } from '../../../../encode/sound/layout.js';
import { fitSound, type SoundEncoder } from '../../../../encode/sound/sound.js';
import { required } from '../../../../options/option.js';
import { oneOf, wholeNumber } from '../../../../options/values.js';
import { randomFeatures } from '../../../features/random-features.js';
import type { TensorFeatures } from '../../../features/tensor-features.js';
import { tensorFamily } from '../family.js';
import { imageDimensions } from '../image-dimensions.js';
import type { TensorKind } from '../kind.js';
import { logSpectrum, spectrumBins, spectrumFrames } from './log-spectrum.js';
import type { SoundRecipe } from './recipe.js';
import { soundRecipes } from './recipes.js';

/** Sounds: tensors [samples, channels] or lists, as waveforms or spectrograms. */
export const soundKind: TensorKind<SoundRecipe, keyof typeof soundRecipes> = {
  name: 'sound',
  recipes: soundRecipes,
  defaultRecipe: 'specgan-r1',
  options: {
    representation: required(oneOf(['waveform', 'spectrogram'])),
    samples: required(wholeNumber({ from: 0 })),
  },
  suits: ({ fields }) => fields.some(holdsSounds),
  nouns: ['sound', 'sounds'],
  looks: 'Sounds are tensors of shape [samples] or [samples, channels], or lists of numbers',
  columns: ({ schema }) => soundColumns(schema),
  fit: (field, sample, { representation, samples }) =>
    fitSound(field, sample, { representation, samples: samples || undefined }),
  dimensions: () => ({}),
  features: (encoder) => soundFeatures(encoder as SoundEncoder),
  draw(encoder, values, columns) {
    const { samples, channels, waveforms } = encoder as SoundEncoder;
    return drawSounds(waveforms(values), { samples, channels, columns });
  },
  problem({ representation, augmentations }) {
    return representation === 'waveform' && augmentations.length > 0
      ? `'augmentations' are for spectrograms, not for waveforms: ${augmentations.join(', ')}`
      : undefined;
  },
};

/** Columns that say a sample rate; where none does, all that could be sounds. */
function soundColumns({ fields }: Schema) {
  const said = fields.filter(holdsSounds);
  return said.length > 0 ? said : fields.filter((field) => soundLayout(field) !== undefined);
}

/** Sounds are compared by their spectra: of waveforms random convolutions see little. */
function soundFeatures({ representation, shape, samples, channels }: SoundEncoder): TensorFeatures {
  if (representation === 'spectrogram') return randomFeatures(imageDimensions(shape));
  const picture = [spectrumFrames(samples), spectrumBins, channels];
  const { weights, apply } = randomFeatures(imageDimensions(picture));
  return { weights, apply: (state, waveforms) => apply(state, logSpectrum(waveforms)) };
}

/** GANs for a column of sounds, with or without a column of labels. */
export const soundFamily = tensorFamily(soundKind);
