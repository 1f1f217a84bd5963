/** How the numbers of one tensor lie in memory. */
export interface TensorLayout {
  /** Length of each dimension, in the order of memory: the last one runs fastest. */
  readonly shape: readonly number[];
  /** A name for each dimension, in the same order. */
  readonly dimensionNames?: readonly string[];
  /**
   * The order in which the dimensions are meant: dimension i of the tensor as it is meant is
   * dimension `permutation[i]` of `shape`. Default: as they lie.
   */
  readonly permutation?: readonly number[];
}

/** Numbers of one tensor. */
export function tensorSize(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

// What a fixed-size list can count.
const mostNumbers = 2 ** 31 - 1;

/**
 * What is wrong with a layout, in words; undefined if nothing is.
 *
 * @param size numbers of one tensor, where that is known already.
 */
export function layoutProblem(
  { shape, dimensionNames: names, permutation }: TensorLayout,
  size?: number,
): string | undefined {
  const show = (value: unknown) => JSON.stringify(value) ?? String(value);
  const isLength = (length: unknown) => Number.isSafeInteger(length) && (length as number) > 0;
  if (!Array.isArray(shape) || shape.length === 0 || !shape.every(isLength)) {
    return `shape must be a list of positive whole numbers: ${show(shape)}`;
  }
  if (tensorSize(shape) > mostNumbers) return `shape has too many numbers: ${show(shape)}`;
  if (size !== undefined && tensorSize(shape) !== size) {
    return `shape ${show(shape)} has ${tensorSize(shape)} numbers, the list ${size}`;
  }
  const areNames = (value: unknown) =>
    Array.isArray(value) &&
    value.length === shape.length &&
    value.every((name) => typeof name === 'string');
  if (names !== undefined && !areNames(names)) {
    return `dimension names must be a text for each of ${shape.length} dimensions: ${show(names)}`;
  }
  if (permutation !== undefined && !isPermutation(permutation, shape.length)) {
    return `permutation must hold each of 0 to ${shape.length - 1} once: ${show(permutation)}`;
  }
  return undefined;
}

function isPermutation(value: unknown, length: number): boolean {
  return (
    Array.isArray(value) &&
    value.length === length &&
    Array.from({ length }, (_, index) => index).every((index) => value.includes(index))
  );
}
