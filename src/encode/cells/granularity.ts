import { DataType, Precision, type Vector } from 'apache-arrow';
import { forEachWhole } from './column-values.js';

/** Fewer values than these could lie on a coarse grid by chance. */
const minimumValues = 30;

const maximumDecimals = 6;

/**
 * The first of `candidates`, which are in falling order and each divide the one before, that every
 * value of a whole column is a multiple of; 1 if there is none, or fewer than 30 values.
 */
export function commonStep(vector: Vector, candidates: readonly bigint[]): bigint {
  let next = 0;
  let values = 0;
  forEachWhole(vector, (value) => {
    values++;
    if (next >= candidates.length) return;
    const exact = BigInt(value);
    while (next < candidates.length && exact % (candidates[next] as bigint) !== 0n) next++;
  });
  return values < minimumValues ? 1n : (candidates[next] ?? 1n);
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
