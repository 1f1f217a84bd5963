import type { Training } from '../../../../src/gan/training/train.js';
import { smallTraining, withSmallNetworks } from './small-images.js';
import { soundTraining } from './small-sounds.js';
import { gruTextTraining, textTraining } from './small-texts.js';
import { videoTraining } from './small-videos.js';

const unlabelled = { labelled: false };

/** Every recipe, and each loss and regulariser, on small images. */
export const imageTrainings: Readonly<Record<string, Training>> = {
  'vanilla without labels': smallTraining('vanilla', {}, unlabelled),
  cgan: smallTraining('cgan'),
  'dcgan without labels': smallTraining('dcgan', {}, unlabelled),
  'dcgan in colour': smallTraining('dcgan', {}, { labelled: true, channels: 3 }),
  acgan: smallTraining('acgan'),
  wgan: smallTraining('wgan', { criticSteps: 2, warmUp: false }),
  'wgan-gp': smallTraining('wgan-gp', { criticSteps: 2 }),
  sngan: smallTraining('sngan'),
  'dcgan-r1': smallTraining('dcgan-r1'),
  minimax: smallTraining('dcgan', withSmallNetworks({ loss: 'minimax', labelSmoothing: 0.1 })),
  'least squares': smallTraining('dcgan', withSmallNetworks({ loss: 'leastSquares' })),
  'the R1 penalty': smallTraining('dcgan', withSmallNetworks({ r1Penalty: 5 })),
  packing: smallTraining('dcgan', withSmallNetworks({ pack: 2 })),
  'augmented images': smallTraining(
    'dcgan',
    withSmallNetworks({ augmentations: ['color', 'translation', 'cutout'] }),
    { labelled: true, channels: 3 },
  ),
};

/** Every recipe for sounds, on small ones. */
export const soundTrainings: Readonly<Record<string, Training>> = {
  wavegan: soundTraining('wavegan', [128, 1], { criticSteps: 2 }),
  'wavegan in stereo': soundTraining('wavegan', [100, 2], { criticSteps: 1, pack: 2 }),
  specgan: soundTraining('specgan', [8, 16, 1], { criticSteps: 2 }),
  'specgan-r1': soundTraining('specgan-r1', [8, 16, 1]),
};

/** The recipe for videos, on small ones. */
export const videoTrainings: Readonly<Record<string, Training>> = {
  video: videoTraining([5, 16, 15, 1]),
  'video in colour, without labels': videoTraining([8, 8, 8, 3], {}, 0),
};

/** Every recipe for texts, on short ones. */
export const textTrainings: Readonly<Record<string, Training>> = {
  text: textTraining('text'),
  'text without labels': textTraining('text', {}, 0),
  'text-wgan-gp': textTraining('text-wgan-gp', { criticSteps: 2 }),
  gru: gruTextTraining(),
};
