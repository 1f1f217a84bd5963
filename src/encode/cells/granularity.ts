import { DataType, Precision, type Vector } from 'apache-arrow';
import { forEachWhole } from './column-values.js';

/** Fewer values than these could lie on a coarse grid by chance. */
const minimumValues = 30;

const maximumDecimals = 6;

/** Distinct values that tell a grid from chance, in bits: each halves the chance of an even grid. */
const gridBits = 20;

/** Distinct values that are counted. */
const mostDistinct = 64;

/**
 * The step of the grid that whole numbers are on: the greatest common divisor of their distances
 * from a value among them. 1 if there is none, or if chance could make it: fewer than 30 values, or
 * too few different ones.
 */
export function commonStep(distances: Iterable<bigint>): bigint {
  const distinct = new Set<bigint>();
  let step = 0n;
  let values = 0;
  for (const distance of distances) {
    values++;
    if (distinct.size < mostDistinct) distinct.add(distance);
    step = greatestDivisor(step, distance < 0n ? -distance : distance);
    if (step === 1n) return 1n;
  }
  const bits = (distinct.size - 1) * Math.log2(Number(step));
  return values < minimumValues || bits < gridBits ? 1n : step;
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

/** The valid cells of a whole column, as distances from `origin`. */
export function distancesFrom(vector: Vector, origin: bigint): bigint[] {
  const distances: bigint[] = [];
  forEachWhole(vector, (value) => distances.push(BigInt(value) - origin));
  return distances;
}

/**
 * How many decimals the finite values of a float column have, at most 6; `undefined` if some need
 * more, or if there are fewer than 30.
 */
export function decimalsOf(values: Float64Array, type: DataType): number | undefined {
  const finite = values.filter(Number.isFinite);
  if (finite.length < minimumValues) return;
  let decimals = 0;
  for (const value of finite) {
    while (roundTo(value, decimals, type) !== value) {
      if (++decimals > maximumDecimals) return;
    }
  }
  return decimals;
}

/** The nearest number with so many decimals, as the float type holds it. */
export function roundTo(value: number, decimals: number, type: DataType): number {
  const power = 10 ** decimals;
  // Plus 0: no negative zero.
  const steps = Math.round(value * power) + 0;
  // Beyond 2^53 there are no decimals left to round.
  if (Math.abs(steps) > Number.MAX_SAFE_INTEGER) return value;
  const isSingle = DataType.isFloat(type) && type.precision === Precision.SINGLE;
  return isSingle ? Math.fround(steps / power) : steps / power;
}
