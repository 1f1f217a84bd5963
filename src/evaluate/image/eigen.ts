/** Eigenvalues of a symmetric matrix [size, size], in no order. */
export function eigenvalues(matrix: Float64Array, size: number): Float64Array {
  const { values } = decompose(matrix, size);
  return values;
}

/** Its eigenvectors, each of length 1, that of the largest eigenvalue first. */
export function eigenvectors(matrix: Float64Array, size: number): Float32Array[] {
  const { values, vectors } = decompose(matrix, size);
  const order = Array.from({ length: size }, (_, k) => k).sort(
    (a, b) => (values[b] as number) - (values[a] as number),
  );
  return order.map((k) =>
    Float32Array.from({ length: size }, (_, i) => vectors[i * size + k] as number),
  );
}

/** The symmetric square root of a symmetric matrix without negative eigenvalues. */
export function rootOf(matrix: Float64Array, size: number): Float64Array {
  const { values, vectors } = decompose(matrix, size);
  const root = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    const scale = Math.sqrt(Math.max(values[k] as number, 0));
    for (let i = 0; i < size; i++) {
      const factor = scale * (vectors[i * size + k] as number);
      for (let j = 0; j < size; j++) {
        const at = i * size + j;
        root[at] = (root[at] as number) + factor * (vectors[j * size + k] as number);
      }
    }
  }
  return root;
}

/** Rotations until nothing is left beside the diagonal (Jacobi 1846); eigenvectors are columns. */
function decompose(matrix: Float64Array, size: number) {
  const a = matrix.slice();
  const vectors = new Float64Array(size * size);
  for (let k = 0; k < size; k++) vectors[k * size + k] = 1;
  const scale = a.reduce((sum, value) => sum + value ** 2, 0);
  for (let sweep = 0; sweep < 60; sweep++) {
    let rest = 0;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const value = a[p * size + q] as number;
        rest += value ** 2;
        if (value !== 0) rotate(a, vectors, size, p, q);
      }
    }
    if (rest <= 1e-24 * scale) break;
  }
  return {
    values: Float64Array.from({ length: size }, (_, k) => a[k * size + k] as number),
    vectors,
  };
}

function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const at = (i: number, j: number) => a[i * size + j] as number;
  const ratio = (at(q, q) - at(p, p)) / (2 * at(p, q));
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(ratio, 1));
  const cos = 1 / Math.hypot(tangent, 1);
  const sin = tangent * cos;
  const turn = (x: Float64Array, one: number, other: number) => {
    const [first, second] = [x[one] as number, x[other] as number];
    x[one] = cos * first - sin * second;
    x[other] = sin * first + cos * second;
  };
  for (let k = 0; k < size; k++) turn(a, k * size + p, k * size + q);
  for (let k = 0; k < size; k++) turn(a, p * size + k, q * size + k);
  for (let k = 0; k < size; k++) turn(vectors, k * size + p, k * size + q);
}
