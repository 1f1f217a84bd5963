/** Lags between which the period of a string is looked for, in samples. */
const [shortest, longest] = [12, 40] as const;

/** Samples at the start that are left out: a pluck has no pitch yet. */
const pluck = 256;

/**
 * The pitch of a sound in Hz: the lag at which it is most like itself, between samples by a parabola
 * through three; 0 if there is none between 205 and 615 Hz at 8 kHz.
 */
export function pitchOf(values: Float32Array, rate: number): number {
  const signal = values.subarray(pluck);
  const likeness = Array.from({ length: longest + 1 }, (_, lag) =>
    lag < shortest ? 0 : correlation(signal.subarray(lag), signal),
  );
  let best = 0;
  for (let lag = shortest + 1; lag < longest; lag++) {
    const [before = 0, here = 0, after = 0] = likeness.slice(lag - 1, lag + 2);
    if (here >= before && here >= after && here > (likeness[best] as number)) best = lag;
  }
  if (best === 0) return 0;
  const [before = 0, here = 0, after = 0] = likeness.slice(best - 1, best + 2);
  return rate / (best + (0.5 * (before - after)) / (before - 2 * here + after));
}

/** The correlation of a signal with the start of another. */
function correlation(a: Float32Array, b: Float32Array): number {
  let [product, squares, others] = [0, 1e-12, 1e-12];
  a.forEach((value, k) => {
    const other = b[k] as number;
    product += value * other;
    squares += value ** 2;
    others += other ** 2;
  });
  return product / Math.sqrt(squares * others);
}
