import { type Features, kernelDistance } from '../../gan/features/kernel-distance.js';
import { eigenvalues, rootOf } from './eigen.js';

export { type Features, kernelDistance };

/**
 * Fréchet distance of two sets of features, as if both were normal (Heusel et al. 2017):
 * ‖μ − ν‖² + tr(Σ + T − 2(ΣT)^½). Zero for equal moments. With the features of a classifier of one's
 * own it is no Inception FID.
 */
export function frechetDistance(a: Features, b: Features): number {
  const [one, other] = [momentsOf(a), momentsOf(b)];
  const { size } = a;
  let distance = 0;
  for (let k = 0; k < size; k++) {
    distance += ((one.mean[k] as number) - (other.mean[k] as number)) ** 2;
    distance +=
      (one.covariance[k * size + k] as number) + (other.covariance[k * size + k] as number);
  }
  // (ΣT)^½ has the trace of (Σ^½ T Σ^½)^½, which is symmetric.
  const root = rootOf(one.covariance, size);
  const inner = multiply(multiply(root, other.covariance, size), root, size);
  const roots = eigenvalues(inner, size).map((value) => Math.sqrt(Math.max(value, 0)));
  return Math.max(distance - 2 * roots.reduce((sum, value) => sum + value, 0), 0);
}

function momentsOf({ values, size }: Features) {
  const rows = values.length / size;
  const mean = new Float64Array(size);
  values.forEach((value, at) => {
    mean[at % size] = (mean[at % size] as number) + value / rows;
  });
  const covariance = new Float64Array(size * size);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < size; i++) {
      const first = (values[row * size + i] as number) - (mean[i] as number);
      for (let j = 0; j < size; j++) {
        const second = (values[row * size + j] as number) - (mean[j] as number);
        const at = i * size + j;
        covariance[at] = (covariance[at] as number) + (first * second) / (rows - 1);
      }
    }
  }
  return { mean, covariance };
}

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k] as number;
      for (let j = 0; j < size; j++) {
        const at = i * size + j;
        product[at] = (product[at] as number) + factor * (b[k * size + j] as number);
      }
    }
  }
  return product;
}
