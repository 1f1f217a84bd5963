import { concat, mul, relu, type Tensor, tanh } from '@tensorflow/tfjs-core';
import type { ImageShape } from '../../../../encode/image/layout.js';
import { applyLeakyRelu } from '../../../../nn/layers/activations.js';
import { standardise } from '../../../../nn/layers/standardise.js';
import type { LayerNoise, Network } from '../../../../nn/network.js';
import { conv, forAnySize, run, upConv } from './pieces.js';

/** What a U-Net is made of. */
export interface UnetOptions {
  /** Features of the first level; each one has twice those of the one before, and 8 times at most. */
  readonly filters: number;
  /** Times that height and width are halved. */
  readonly levels: number;
  /** Share of the units of the two innermost levels that is dropped on the way up. */
  readonly dropout: number;
}

/** Halvings of an image by default, so that two pixels are left of its shorter side: 5 of 64. */
export function usualLevels({ height, width }: Pick<ImageShape, 'height' | 'width'>): number {
  return Math.min(Math.max(Math.floor(Math.log2(Math.min(height, width))) - 1, 1), 8);
}

const halving = { kernel: 4, stride: 2 } as const;
const normalised = { ...halving, bias: false } as const;

/**
 * The U-Net of Isola et al. (2017): images [rows, height, width, channels] → images of as many
 * channels as are wanted, numbers in [−1, 1]. What each level saw on the way down is joined to what it
 * makes on the way up. Dropout is its only noise, in training as in sampling.
 */
export function unet(
  image: ImageShape,
  outputs: number,
  { filters, levels, dropout }: UnetOptions,
): Network {
  return forAnySize(image, 2 ** levels, ({ height, width }) => {
    const features = (level: number) => filters * Math.min(2 ** level, 8);
    const side = (length: number, level: number) => length / 2 ** level;
    // The innermost level may be a single pixel, which has no deviation.
    const isNormalised = (level: number) => level > 0 && level < levels - 1;
    const built = Array.from({ length: levels }, (_, level) => {
      const shape = (at: number, channels: number) => ({
        shape: [side(height, at), side(width, at), channels],
        classes: 0,
      });
      const isInner = level === levels - 1;
      return {
        down: conv(
          features(level),
          isNormalised(level) ? normalised : halving,
        )(shape(level, level === 0 ? image.channels : features(level - 1))),
        up: upConv(
          level === 0 ? outputs : features(level - 1),
          level > 0 ? normalised : halving,
        )(shape(level + 1, features(level) * (isInner ? 1 : 2))),
        isDropped: dropout > 0 && level > 0 && level >= levels - 2,
      };
    });
    const masks = built.flatMap(({ up, isDropped }): LayerNoise[] =>
      isDropped ? [{ rate: dropout, shape: up.shape }] : [],
    );
    return {
      masks,
      create: (random) =>
        Object.assign(
          {},
          ...built.flatMap(({ down, up }, level) => [
            down.create?.(`down${level}`, random) ?? {},
            up.create?.(`up${level}`, random) ?? {},
          ]),
        ),
      apply(state, x, { masks: drawn = [] }) {
        const seen: Tensor[] = [];
        let y = x;
        for (const [level, { down }] of built.entries()) {
          y = run(down, state, `down${level}`, level === 0 ? y : applyLeakyRelu(y));
          if (isNormalised(level)) y = standardise(y, [1, 2]).y;
          seen.push(y);
        }
        let mask = masks.length;
        for (const [level, { up, isDropped }] of [...built.entries()].reverse()) {
          y = run(up, state, `up${level}`, relu(y));
          if (level === 0) break;
          y = standardise(y, [1, 2]).y;
          const drop = isDropped ? drawn[--mask] : undefined;
          if (drop) y = mul(y, drop);
          y = concat([seen[level - 1] as Tensor, y], 3);
        }
        return { y: tanh(y) };
      },
    };
  });
}
