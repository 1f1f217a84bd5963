import type { backend_util } from '@tensorflow/tfjs-core';
import fc from 'fast-check';

/** A convolution or a pool of any geometry that tfjs allows. */
export interface WindowCase {
  readonly image: [number, number, number, number];
  /** [height, width] */
  readonly filter: [number, number];
  readonly strides: [number, number];
  readonly pad: 'same' | 'valid' | number | backend_util.ExplicitPadding;
  /** Only explicit padding has one. */
  readonly rounding: 'floor' | undefined;
  readonly outputs: number;
  readonly seed: number;
}

const length = fc.integer({ min: 1, max: 7 });
const tap = fc.integer({ min: 1, max: 4 });
const stride = fc.integer({ min: 1, max: 3 });
const channels = fc.constantFrom(1, 2, 7);
const amount = fc.integer({ min: 0, max: 2 });
const padding = fc.oneof(
  fc.constant('same' as const),
  fc.constant('valid' as const),
  amount,
  fc.tuple(amount, amount, amount, amount).map(
    ([top, bottom, left, right]): backend_util.ExplicitPadding => [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
  ),
);

/** Geometries with at least one window. */
export const windowCases: fc.Arbitrary<WindowCase> = fc
  .record({
    image: fc.tuple(fc.integer({ min: 1, max: 2 }), length, length, channels),
    filter: fc.tuple(tap, tap),
    strides: fc.tuple(stride, stride),
    pad: padding,
    outputs: channels,
    seed: fc.nat(),
  })
  .map((found) => ({
    ...found,
    rounding: typeof found.pad === 'string' ? undefined : ('floor' as const),
  }))
  .filter(({ image, filter, pad }) => {
    if (pad === 'same') return true;
    const added = (axis: number) => {
      if (typeof pad === 'object') return (pad[axis] as number[]).reduce((sum, side) => sum + side);
      return pad === 'valid' ? 0 : 2 * pad;
    };
    // A number is for square filters: tfjs sizes both axes by the first.
    const taps = typeof pad === 'number' ? [filter[0], filter[0]] : filter;
    return taps.every((tap, k) => (image[k + 1] as number) + added(k + 1) >= tap);
  });
