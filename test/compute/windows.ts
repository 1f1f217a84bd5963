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

/** Filters twice as long as their stride along both axes, and channels enough for fewer products. */
export const doubleStrideCases: fc.Arbitrary<WindowCase> = fc
  .record({
    batch: fc.integer({ min: 1, max: 2 }),
    sides: fc.tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 2, max: 9 })),
    strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 })),
    inputs: fc.constantFrom(8, 9),
    outputs: fc.constantFrom(8, 11),
    pad: fc.oneof(
      fc.constant('same' as const),
      fc.constant('valid' as const),
      fc.tuple(amount, amount, amount, amount).map(
        ([top, bottom, left, right]): backend_util.ExplicitPadding => [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ],
      ),
    ),
    seed: fc.nat(),
  })
  .map(({ batch, sides, strides, inputs, outputs, pad, seed }) => ({
    image: [batch, ...sides, inputs] as [number, number, number, number],
    filter: strides.map((stride) => 2 * stride) as [number, number],
    strides,
    pad,
    rounding: typeof pad === 'string' ? undefined : ('floor' as const),
    outputs,
    seed,
  }))
  .filter(({ image, filter, pad }) => {
    const around = typeof pad === 'string' ? [] : pad;
    return filter.every((tap, k) => {
      const [before = 0, after = 0] = (around[k + 1] ?? []) as readonly number[];
      return pad === 'same' || (image[k + 1] as number) + before + after >= tap;
    });
  });
