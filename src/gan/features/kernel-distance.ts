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

/**
 * How far from 0 the kernel distance of two sets of so many images is by chance, where both are of one
 * kind: its standard deviation (Gretton et al. 2012, section 5.1), as pairs of these images have it.
 */
export function chanceDistance({ values, size, labels }: Features): number {
  const rows = values.length / size;
  const order = Array.from({ length: rows }, (_, row) => row);
  // Images of a pair are of one class, but where a class ends.
  if (labels) order.sort((a, b) => (labels[a] as number) - (labels[b] as number) || a - b);
  const pairs = rows >> 1;
  const kernel = (a: number, b: number) =>
    labels && labels[a] !== labels[b] ? 0 : kernelOf(values, a, values, b, size);
  let sum = 0;
  for (let i = 0; i < pairs; i++) {
    const [a, b] = [order[2 * i] as number, order[2 * i + 1] as number];
    for (let j = 0; j < i; j++) {
      const [c, d] = [order[2 * j] as number, order[2 * j + 1] as number];
      sum += 2 * (kernel(a, c) + kernel(b, d) - kernel(a, d) - kernel(b, c)) ** 2;
    }
  }
  const meanSquare = sum / Math.max(1, pairs * (pairs - 1));
  return Math.sqrt((2 * meanSquare) / Math.max(1, rows * (rows - 1)));
}

const within = (x: Features) => meanKernel(x, x, true);

function meanKernel(a: Features, b: Features, apart: boolean): number {
  const { size } = a;
  const [rows, others] = [a.values.length / size, b.values.length / size];
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < others; j++) {
      if ((apart && i === j) || (a.labels && a.labels[i] !== b.labels?.[j])) continue;
      sum += kernelOf(a.values, i, b.values, j, size);
    }
  }
  return sum / (rows * (apart ? rows - 1 : others));
}

function kernelOf(a: Float32Array, i: number, b: Float32Array, j: number, size: number): number {
  let product = 0;
  for (let k = 0; k < size; k++) {
    product += (a[i * size + k] as number) * (b[j * size + k] as number);
  }
  return (product / size + 1) ** 3;
}
