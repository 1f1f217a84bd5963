import type { Series } from './data.js';

/** Mean distance of the autocorrelations of each feature, lags 1 to `lags`. */
export function autocorrelationDistance(real: Series, made: Series, lags = 10): number {
  const features = real[0]?.length ?? 0;
  let [sum, count] = [0, 0];
  for (let feature = 0; feature < features; feature++) {
    for (let lag = 1; lag <= lags; lag++) {
      sum += Math.abs(autocorrelation(real, feature, lag) - autocorrelation(made, feature, lag));
      count++;
    }
  }
  return sum / count;
}

/** Mean distance of the correlations of each pair of features over all steps. */
export function correlationDistance(real: Series, made: Series): number {
  const features = real[0]?.length ?? 0;
  let [sum, count] = [0, 0];
  for (let a = 0; a < features; a++) {
    for (let b = 0; b < a; b++) {
      sum += Math.abs(correlation(real, a, b) - correlation(made, a, b));
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** Wasserstein distance of the lengths, over the mean of the real ones. */
export function lengthDistance(real: Series, made: Series): number {
  const lengths = (all: Series) => all.map(([first]) => first?.length ?? 0).sort((a, b) => a - b);
  const [a, b] = [lengths(real), lengths(made)];
  const points = 1000;
  let sum = 0;
  for (let k = 0; k < points; k++) {
    const at = (all: number[]) => all[Math.floor(((k + 0.5) * all.length) / points)] as number;
    sum += Math.abs(at(a) - at(b));
  }
  return sum / points / (a.reduce((total, length) => total + length, 0) / a.length);
}

function autocorrelation(series: Series, feature: number, lag: number): number {
  return pearson(
    series.flatMap((row) => {
      const values = row[feature] as Float64Array;
      return Array.from(values.subarray(lag), (now, k) => [values[k] as number, now] as const);
    }),
  );
}

function correlation(series: Series, a: number, b: number): number {
  return pearson(
    series.flatMap((row) =>
      Array.from(row[a] as Float64Array, (x, k) => [x, row[b]?.[k] as number] as const),
    ),
  );
}

function pearson(pairs: readonly (readonly [number, number])[]): number {
  const mean = (place: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[place], 0) / pairs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  let [xy, xx, yy] = [0, 0, 0];
  for (const [x, y] of pairs) {
    xy += (x - meanX) * (y - meanY);
    xx += (x - meanX) ** 2;
    yy += (y - meanY) ** 2;
  }
  return xx * yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
