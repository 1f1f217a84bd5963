/**
 * ψ(x) = d/dx log Γ(x) for x > 0, to about 1e-12.
 *
 * The recurrence lifts x above 10, where the asymptotic series converges fast.
 */
export function digamma(x: number): number {
  let shift = 0;
  while (x < 10) {
    shift -= 1 / x;
    x += 1;
  }
  const y = 1 / (x * x);
  const series = y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y / 132))));
  return shift + Math.log(x) - 0.5 / x - series;
}

/** log Γ(x) for x > 0, to about 1e-12: Stirling's series above 12. */
export function logGamma(x: number): number {
  let shift = 0;
  while (x < 12) {
    shift -= Math.log(x);
    x += 1;
  }
  const y = 1 / (x * x);
  const series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y / 1680))) / x;
  return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}
