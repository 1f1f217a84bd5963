/** Features of some images, [count, size]. */
export interface Features {
  readonly values: Float32Array;
  readonly size: number;
  /** The class of each image; those of different classes then have nothing in common. */
  readonly labels?: Int32Array | undefined;
}

/**
 * Kernel distance (Bińkowski et al. 2018): the squared maximum mean discrepancy with the kernel
 * (x·y / size + 1)³, without bias, so that it can be a little below 0. With labels it is that of
 * images and labels together.
 */
export function kernelDistance(a: Features, b: Features): number {
  return within(a) + within(b) - 2 * meanKernel(a, b, false);
}

const within = (x: Features) => meanKernel(x, x, true);

function meanKernel(a: Features, b: Features, apart: boolean): number {
  const { size } = a;
  const [rows, others] = [a.values.length / size, b.values.length / size];
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < others; j++) {
      if ((apart && i === j) || (a.labels && a.labels[i] !== b.labels?.[j])) continue;
      let product = 0;
      for (let k = 0; k < size; k++) {
        product += (a.values[i * size + k] as number) * (b.values[j * size + k] as number);
      }
      sum += (product / size + 1) ** 3;
    }
  }
  return sum / (rows * (apart ? rows - 1 : others));
}
