import { closestName } from '../../encode/closest-name.js';
import { InvalidOptionError } from '../../errors.js';
import { cumulate, pick } from './cumulative-shares.js';

/**
 * Shares of each level among synthetic rows, so that the output as a whole comes as near to the
 * wanted shares as adding rows can bring it: real rows, a share 1 − `ratio` of the output, have the
 * frequencies of the data, and of a level that they have too much of no row is added.
 */
export function balancedShares(
  counts: readonly number[],
  levels: readonly (string | null)[],
  shares: Readonly<Record<string, number>> | undefined,
  ratio: number,
  column: string,
): number[] {
  const wanted = wantedShares(levels, shares, column);
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const real = counts.map((count) => ((1 - ratio) * count) / rows);
  return fill(real, wanted, ratio).map((share) => share / ratio);
}

function wantedShares(
  levels: readonly (string | null)[],
  shares: Readonly<Record<string, number>> | undefined,
  column: string,
): number[] {
  const names = levels.filter((level) => level !== null);
  if (shares === undefined) return levels.map((level) => (level === null ? 0 : 1 / names.length));
  for (const name of Object.keys(shares)) {
    if (names.includes(name)) continue;
    throw new InvalidOptionError(
      `balance.shares names a level that column '${column}' does not have: '${name}'. ` +
        `Did you mean '${closestName(name, names)}'?`,
    );
  }
  const sum = Object.values(shares).reduce((total, share) => total + share, 0);
  return levels.map((level) => (level === null ? 0 : (shares[level] ?? 0) / sum));
}

/** Pours `amount` into levels that hold `real`, up to one height in units of `wanted`. */
function fill(real: readonly number[], wanted: readonly number[], amount: number): number[] {
  const poured = (height: number) =>
    wanted.map((share, k) => Math.max(0, height * share - (real[k] as number)));
  const total = (parts: readonly number[]) => parts.reduce((sum, part) => sum + part, 0);
  let [low, high] = [0, 1];
  while (total(poured(high)) < amount) high *= 2;
  for (let round = 0; round < 100; round++) {
    const middle = (low + high) / 2;
    if (total(poured(middle)) < amount) low = middle;
    else high = middle;
  }
  const parts = poured(high);
  const sum = total(parts);
  return parts.map((part) => (part * amount) / sum);
}

/** The steps of this size are spread most evenly over a circle, however many there are. */
const golden = (Math.sqrt(5) - 1) / 2;

/**
 * A code for each row: of any rows in a row, about as many of each as its share says, to a few rows.
 *
 * @param uniform One draw in (0, 1).
 */
export function drawEvenly(shares: readonly number[], codes: Int32Array, uniform: number): void {
  const cumulative = cumulate(shares);
  for (let k = 0; k < codes.length; k++) codes[k] = pick(cumulative, (uniform + k * golden) % 1);
}
