import type { VideoShape } from '../../../../encode/video/layout.js';
import { normal } from '../../../../nn/initializers.js';
import { leakyRelu, relu } from '../../../../nn/layers/activations.js';
import { batchNorm } from '../../../../nn/layers/batch-norm.js';
import { convolution } from '../../../../nn/layers/convolution.js';
import { crop1d, transposedConvolution1d } from '../../../../nn/layers/convolution-1d.js';
import { dense } from '../../../../nn/layers/dense.js';
import { flatten } from '../../../../nn/layers/flatten.js';
import { joinLabel, projectLabel } from '../../../../nn/layers/labels.js';
import {
  branches,
  perFrame,
  perFrameNetwork,
  repeatFrames,
  temporalConvolution,
} from '../../../../nn/layers/per-frame.js';
import { sequential } from '../../../../nn/sequential.js';
import { channelsOf, levelsOf, scaled } from '../../../features/levels.js';
import { dcganGenerator } from '../dcgan.js';
import type { TensorCriticArgs, TensorGeneratorArgs } from '../opaque-recipe.js';

/** Numbers of a frame's own code. */
const frameCode = 32;

/** Filters of the layers that make the codes of all frames. */
const codeFilters = 128;

const doubling = { kernel: 4, stride: 2, initializer: normal(0.02), bias: false } as const;

/**
 * One latent vector, joined with the label → a code for each frame, by transposed convolutions along
 * time → frames [height, width, channels], each from its code and the latent vector, by DCGAN's
 * generator, the same for all.
 */
export function frameCodesAndRenderer(args: TensorGeneratorArgs & VideoShape) {
  const { latent, classes, frames, widthMultiplier, shape, ...image } = args;
  const doublings = Math.max(Math.ceil(Math.log2(frames / 4)), 0);
  const start = Math.ceil(frames / 2 ** doublings);
  const codes = [
    dense([start, scaled(codeFilters, widthMultiplier)], {
      initializer: normal(0.02),
      bias: false,
    }),
    batchNorm,
    relu,
    ...Array.from({ length: doublings }, () => [
      transposedConvolution1d(scaled(codeFilters, widthMultiplier), doubling),
      batchNorm,
      relu,
    ]).flat(),
    crop1d(frames),
    perFrame([dense(frameCode, { initializer: normal(0.02) })]),
  ];
  return sequential({ shape: [latent], classes }, [
    joinLabel(),
    branches([repeatFrames(frames)], codes),
    perFrameNetwork(
      dcganGenerator({
        latent: latent + classes + frameCode,
        classes: 0,
        widthMultiplier,
        shape: shape.slice(1),
        ...image,
      }),
    ),
  ]);
}

const normalised = { spectralNorm: true } as const;
const halving = { kernel: 4, stride: 2, ...normalised } as const;

/**
 * Scores [rows, 2 · frames] of two critics over the same first layers: that of each frame by itself,
 * and the clip's own, as often, so that both count alike. The critic of clips sees (2+1)-D
 * convolutions and projects the label.
 */
export function frameCriticAndClipCritic(args: TensorCriticArgs & VideoShape) {
  const { frames, classes, widthMultiplier, shape, ...image } = args;
  const [first = scaled(64, widthMultiplier), ...larger] = channelsOf(
    levelsOf(image),
    widthMultiplier,
  );
  return sequential({ shape, classes }, [
    perFrame([convolution(first, halving), leakyRelu()]),
    branches(
      [
        perFrame([
          ...larger.flatMap((filters) => [convolution(filters, halving), leakyRelu()]),
          dense(1, normalised),
        ]),
        flatten,
      ],
      [
        ...larger.flatMap((filters) => [
          perFrame([convolution(filters, halving), leakyRelu()]),
          temporalConvolution(filters, { kernel: 4, stride: 2, ...normalised }),
          leakyRelu(),
        ]),
        projectLabel,
        repeatFrames(frames),
        flatten,
      ],
    ),
  ]);
}
