/** A column that is the sum of others, by their places. */
export interface Sum {
  readonly total: number;
  readonly parts: readonly number[];
}

/** Rows that relations are looked for in; they are to be held against all others. */
const rowsPerColumn = 4;

/** A part of a column's length that counts as none, and of a coefficient as whole. */
const rounding = 1e-7;

/**
 * Finds columns of numbers that are sums of others, by orthogonalising one column after another
 * (modified Gram-Schmidt): what is nothing but a combination of earlier columns leaves no rest, and
 * its coefficients say of which.
 *
 * Rows with NaN are left out.
 */
export function linearRelations(columns: readonly Float64Array[]): Sum[] {
  const rows = completeRows(columns);
  if (rows.length < columns.length + 10) return [];
  /** Orthonormal columns, and each as a combination of the columns that it was made of. */
  const basis: { readonly vector: Float64Array; readonly made: Float64Array }[] = [];
  return columns.flatMap((column, index) => {
    const values = Float64Array.from(rows, (row) => column[row] as number);
    const made = new Float64Array(columns.length);
    made[index] = 1;
    const length = lengthOf(values);
    if (length === 0 || !Number.isFinite(length)) return [];
    // Twice is enough: the second time takes what rounding left.
    for (let pass = 0; pass < 2; pass++) {
      for (const earlier of basis) {
        const share = dot(values, earlier.vector);
        subtract(values, earlier.vector, share);
        subtract(made, earlier.made, share);
      }
    }
    const rest = lengthOf(values);
    if (rest > rounding * length) {
      basis.push({
        vector: values.map((value) => value / rest),
        made: made.map((value) => value / rest),
      });
      return [];
    }
    return sumOf(made);
  });
}

/** Coefficients of columns that add up to nothing, as a sum, if they are 1 and −1 alone. */
function sumOf(coefficients: Float64Array): Sum[] {
  const whole = Array.from(coefficients, Math.round);
  const isWhole = coefficients.every(
    (value, k) =>
      Math.abs(value - (whole[k] as number)) < 1e-4 && Math.abs(whole[k] as number) <= 1,
  );
  if (!isWhole) return [];
  const withSign = (sign: number) => whole.flatMap((value, k) => (value === sign ? [k] : []));
  const [one, other] = [withSign(1), withSign(-1)];
  for (const [total, parts] of [
    [one, other],
    [other, one],
  ] as const) {
    if (total.length === 1 && parts.length > 1) return [{ total: total[0] as number, parts }];
  }
  return [];
}

function completeRows(columns: readonly Float64Array[]): number[] {
  const [first] = columns;
  if (!first) return [];
  const wanted = rowsPerColumn * columns.length + 50;
  const step = Math.max(1, Math.floor(first.length / (4 * wanted)));
  const rows: number[] = [];
  for (let row = 0; row < first.length && rows.length < wanted; row += step) {
    if (columns.every((column) => Number.isFinite(column[row]))) rows.push(row);
  }
  return rows;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}

const lengthOf = (vector: Float64Array) => Math.sqrt(dot(vector, vector));

function subtract(from: Float64Array, other: Float64Array, times: number): void {
  for (let k = 0; k < from.length; k++)
    from[k] = (from[k] as number) - times * (other[k] as number);
}
