import { slice_util } from '@tensorflow/tfjs-core';

/** What tfjs says about a strided slice; the masks are bit fields over the axes. */
export interface StridedAttributes {
  readonly begin: number[];
  readonly end: number[];
  readonly strides: number[];
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
}

/** The positions that a strided slice takes along each axis of x, and the shape of its result. */
export function stridedPositions(
  shape: readonly number[],
  attributes: StridedAttributes,
): { positions: number[][]; shape: number[] } {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } =
    attributes;
  const info = slice_util.sliceInfo(
    [...shape],
    begin,
    end,
    strides,
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  );
  const counts = slice_util.computeOutShape(info.begin, info.end, info.strides);
  const positions = counts.map((length, axis) =>
    Array.from(
      { length },
      (_, k) => (info.begin[axis] as number) + k * (info.strides[axis] as number),
    ),
  );
  return { positions, shape: info.finalShape };
}
