import type { SpanValues } from './encoder.js';
import type { EncodedTable, PlacedSpan, TableLayout } from './table-layout.js';

/**
 * One-hot expansion of chosen rows, into the first `rowIndices.length` × `layout.width` numbers of
 * `target`, row after row.
 */
export function expandRows(
  table: EncodedTable,
  rowIndices: Int32Array,
  target: Float32Array,
): void {
  const { spans, width } = table.layout;
  const rows = rowIndices.length;
  if (target.length < rows * width) {
    throw new RangeError(`target holds ${target.length} numbers, not ${rows} × ${width}`);
  }
  target.fill(0, 0, rows * width);
  for (let index = 0; index < spans.length; index++) {
    const { kind, offset } = spans[index] as PlacedSpan;
    const values = table.values[index] as SpanValues;
    if (kind === 'scalar') {
      for (let i = 0, at = offset; i < rows; i++, at += width) {
        target[at] = values[rowIndices[i] as number] as number;
      }
    } else {
      for (let i = 0, at = offset; i < rows; i++, at += width) {
        target[at + (values[rowIndices[i] as number] as number)] = 1;
      }
    }
  }
}

/**
 * A row-major rows × `layout.width` matrix → codes (the first highest number of each one-hot span)
 * and scalars (clipped to [-1, 1]; NaN becomes 0), one array per placed span.
 */
export function collapseRows(
  layout: TableLayout,
  matrix: Float32Array,
  rows: number,
): SpanValues[] {
  if (matrix.length < rows * layout.width) {
    throw new RangeError(`matrix holds ${matrix.length} numbers, not ${rows} × ${layout.width}`);
  }
  return layout.spans.map(({ kind, offset, size }) =>
    kind === 'scalar'
      ? scalarsOf(matrix, rows, layout.width, offset)
      : codesOf(matrix, rows, layout.width, offset, size),
  );
}

function scalarsOf(matrix: Float32Array, rows: number, width: number, offset: number) {
  const values = new Float32Array(rows);
  for (let row = 0, at = offset; row < rows; row++, at += width) {
    values[row] = Math.max(-1, Math.min(1, matrix[at] || 0));
  }
  return values;
}

function codesOf(matrix: Float32Array, rows: number, width: number, offset: number, size: number) {
  const codes = new Int32Array(rows);
  for (let row = 0, start = offset; row < rows; row++, start += width) {
    let code = 0;
    for (let k = 1; k < size; k++) {
      if ((matrix[start + k] as number) > (matrix[start + code] as number)) code = k;
    }
    codes[row] = code;
  }
  return codes;
}
