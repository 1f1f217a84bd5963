/** Mean and standard deviation of each feature. */
export interface Scale {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** The scale of features [rows, size]; a deviation of 0 becomes 1. */
export function scaleOf(values: Float32Array, size: number): Scale {
  const rows = values.length / size;
  const mean = new Float64Array(size);
  const variance = new Float64Array(size);
  values.forEach((value, at) => {
    mean[at % size] = (mean[at % size] as number) + value / rows;
  });
  values.forEach((value, at) => {
    const k = at % size;
    variance[k] = (variance[k] as number) + (value - (mean[k] as number)) ** 2 / rows;
  });
  return { mean, deviation: variance.map((each) => (each > 1e-12 ? Math.sqrt(each) : 1)) };
}

/** Features with mean 0 and deviation 1, where they are those that the scale is of. */
export function standardise(values: Float32Array, { mean, deviation }: Scale): Float32Array {
  return values.map((value, at) => {
    const k = at % mean.length;
    return (value - (mean[k] as number)) / (deviation[k] as number);
  });
}
