/** How often something came, of how many times. */
export interface Rate {
  readonly hits: number;
  readonly of: number;
}

/** The exact 95 % interval of a probability (Clopper and Pearson 1934). */
export function clopperPearson({ hits, of }: Rate): [low: number, high: number] {
  const low = hits === 0 ? 0 : bisect((p) => tail(of, p, hits) > 0.025);
  const high = hits === of ? 1 : bisect((p) => 1 - tail(of, p, hits + 1) <= 0.025);
  return [low, high];
}

/** The lowest p in [0, 1] from which on a condition holds. */
function bisect(holds: (p: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** P(a binomial number is `hits` or more). */
function tail(of: number, p: number, hits: number): number {
  let log = of * Math.log1p(-p);
  let sum = 0;
  for (let k = 0; k <= of; k++) {
    if (k >= hits) sum += Math.exp(log);
    log += Math.log((of - k) / (k + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return sum;
}
