import type { ImageShape } from '../../../../encode/image/layout.js';
import { leakyRelu } from '../../../../nn/layers/activations.js';
import type { Network } from '../../../../nn/network.js';
import { sequential } from '../../../../nn/sequential.js';
import { halvings, type PatchSize } from '../patch-size.js';
import { conv, instanceNorm, zeroPad } from './pieces.js';

/**
 * PatchGAN (Isola et al. 2017): images → a score [rows, …, …, 1] of each patch, which overlap. The
 * first and the last layer are not normalised.
 */
export function patchCritic(
  { height, width, channels }: ImageShape,
  filters: number,
  patch: PatchSize,
): Network {
  const strided = halvings[patch];
  const features = (level: number) => filters * Math.min(2 ** level, 8);
  const layer = (level: number, stride: number) => [
    zeroPad(1),
    conv(features(level), { kernel: 4, stride, padding: 'valid', bias: level === 0 }),
    ...(level > 0 ? [instanceNorm] : []),
    leakyRelu(),
  ];
  return sequential({ shape: [height, width, channels], classes: 0 }, [
    ...Array.from({ length: strided }, (_, level) => layer(level, 2)).flat(),
    ...layer(strided, 1),
    zeroPad(1),
    conv(1, { kernel: 4, stride: 1, padding: 'valid' }),
  ]);
}
