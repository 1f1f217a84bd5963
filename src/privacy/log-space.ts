/** log(eᵃ + eᵇ). */
export function logAdd(a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  return low === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(low - high));
}

/** From here on erfc is a continued fraction; below it is 1 − erf. */
const tail = 1.5;

/** log erfc(x), to about 1e-13 of erfc(x), however small that is. */
export function logErfc(x: number): number {
  if (x < tail) return Math.log(1 - erf(x));
  return -x * x - Math.log(fraction(x) * Math.sqrt(Math.PI));
}

/** x + ½ / (x + 1 / (x + ³⁄₂ / (x + 2 / …))): e^(−x²) over √π times it is erfc(x) (Abramowitz and Stegun, 7.1.14). */
function fraction(x: number): number {
  let value = x;
  for (let k = 120; k >= 1; k--) value = x + k / 2 / value;
  return value;
}

/** erf(x) by a series of terms of one sign (Abramowitz and Stegun, 7.1.6). */
function erf(x: number): number {
  if (x < -6) return -1;
  let term = x;
  let sum = x;
  for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
    term *= (2 * x * x) / (2 * k + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** The z that a standard normal number exceeds at a probability in (0, ½], found by bisection. */
export function normalTail(probability: number): number {
  const wanted = Math.log(2 * probability);
  let [low, high] = [0, 40];
  for (let round = 0; round < 100; round++) {
    const middle = (low + high) / 2;
    if (logErfc(middle / Math.SQRT2) > wanted) low = middle;
    else high = middle;
  }
  return high;
}
