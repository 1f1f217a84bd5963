import { InvalidOptionError } from '../../errors.js';

/** How many synthetic rows are due, exactly. */
export interface Ratio {
  readonly isZero: boolean;
  /** Synthetic rows due after `real` real rows: floor(real · ratio / (1 − ratio)). */
  dueAfter(real: number): number;
  /** The number of real rows that makes synthetic row `k` due, where the first is row 1. */
  realRowsFor(k: number): number;
  /** The least number of rows of which `k` are a full share: ceil(k / ratio). */
  rowsWith(k: number): number;
}

/**
 * The share of output rows that is synthetic, as the decimal that the number is written as: 0.3
 * means 3/10, not the binary fraction next to it, so 7 real rows owe exactly 3.
 *
 * @param name Names it in messages.
 * @throws InvalidOptionError unless 0 ≤ ratio < 1.
 */
export function createRatio(ratio: unknown, name = 'ratio'): Ratio {
  if (typeof ratio !== 'number' || !(ratio >= 0 && ratio < 1)) {
    throw new InvalidOptionError(
      `${name} must be a number in [0, 1): ${String(ratio)}. It is the share of the output rows ` +
        'that is synthetic: 0.3 gives 3 synthetic rows for 7 real ones',
    );
  }
  const [synthetic, whole] = fractionOf(ratio);
  const real = whole - synthetic;
  return {
    isZero: synthetic === 0n,
    dueAfter: scaleBy(synthetic, real, 0n),
    realRowsFor: scaleBy(real, synthetic, synthetic - 1n),
    rowsWith: scaleBy(whole, synthetic, synthetic - 1n),
  };
}

/** A function that gives floor((n · times + plus) / over), exactly. */
function scaleBy(times: bigint, over: bigint, plus: bigint): (n: number) => number {
  const [a, b, c] = [Number(times), Number(over), Number(plus)];
  return (n) => {
    const product = n * a + c;
    // Then the product is exact, and too small for its quotient to be rounded up to a whole number.
    if (Number.isSafeInteger(product)) return Math.floor(product / b);
    return Number((BigInt(n) * times + plus) / over);
  };
}

/** The same, until `limit` synthetic rows are there. */
export function limitRatio(ratio: Ratio, limit: number): Ratio {
  return {
    ...ratio,
    isZero: ratio.isZero || limit === 0,
    dueAfter: (real) => Math.min(ratio.dueAfter(real), limit),
  };
}

/** A number in [0, 1) as numerator and denominator of its shortest decimal form. */
function fractionOf(value: number): [bigint, bigint] {
  const [digits = '', exponent = '0'] = String(value).split('e');
  const [whole = '', decimals = ''] = digits.split('.');
  const places = decimals.length - Number(exponent);
  return [BigInt(whole + decimals), 10n ** BigInt(places)];
}
